"""The graph as a network: groups of entities that belong together, and entities in the middle.

Both look at the network of papers and entities (`kg.graph.network.to_networkx`) without direction,
an edge where a paper names an entity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import UnknownName
from kg.graph.network import to_networkx
from kg.graph.store import Store
from kg.model import Entity, Listing, Shown
from kg.query.names import find_kind

if TYPE_CHECKING:
    import networkx as nx

#: Measures of `central`, with what they mean.
MEASURES = {
    "degree": "the share of papers that name the entity",
    "pagerank": "the chance to meet the entity on an endless random walk that starts anew with"
    " probability 0.15 at every step (Brin and Page, 1998)",
    "betweenness": "the share of shortest paths that lead through the entity (Freeman, 1977),"
    " estimated from 200 starting points in graphs of more than 1,000 nodes",
    "eigenvector": "how much the entity is named by papers that name what is itself central:"
    " the entry of the first eigenvector of the adjacency matrix (Bonacich, 1972)",
}
_SAMPLE = 200


@dataclass(frozen=True, slots=True, repr=False)
class Central(Shown):
    """An entity with how central it is.

    Attributes:
        entity: The entity.
        score: Its centrality in the measure asked for.
        papers: Papers that name it.
    """

    entity: Entity
    score: float
    papers: int

    def to_json(self) -> dict[str, Any]:
        """Return the entity and its score as a JSON object."""
        return {**self.entity.to_json(), "score": round(self.score, 6), "papers": self.papers}


@dataclass(frozen=True, slots=True, repr=False)
class Community(Shown):
    """Papers and entities that are linked with each other more than with the rest.

    Attributes:
        number: From 1, the largest community first.
        papers: Its papers.
        size: Its entities.
        entities: Those that most of its papers name, first.
    """

    number: int
    papers: int
    size: int
    entities: tuple[Entity, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the community as a JSON object."""
        counts = {"number": self.number, "papers": self.papers, "size": self.size}
        return {**counts, "entities": [entity.to_json() for entity in self.entities]}

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the community."""
        names = ", ".join(entity.name for entity in self.entities[:6])
        return {
            "number": self.number,
            "papers": self.papers,
            "size": self.size,
            "entities": names,
        }


def central(
    store: Store, measure: str = "pagerank", kind: str | None = None, limit: int = 20
) -> Listing[Central]:
    """Return the most central entities in a measure of `MEASURES`, most central first.

    Raises:
        UnknownName: There is no such measure or kind.
    """
    if measure not in MEASURES:
        raise UnknownName(f"There is no measure {measure!r}.", f"Known: {', '.join(MEASURES)}")
    wanted = find_kind(kind) if kind else None
    network, labels = _network(store)
    scores = _scores(network, measure, store.count("paper"))
    found = [
        Central(_entity(labels[node]), score, network.degree(node))
        for node, score in scores.items()
        if labels[node]["kind"] != "Paper" and wanted in (None, labels[node]["kind"])
    ]
    found.sort(key=lambda c: (-round(c.score, 9), c.entity.name, c.entity.kind))
    return Listing(found[:limit])


def communities(store: Store, least: int = 3, names: int = 12) -> Listing[Community]:
    """Return the communities of papers and entities, the largest first.

    Found by the Louvain method, which looks for the partition with the greatest modularity: the
    share of links inside communities less what chance alone would put there (Blondel et al., 2008).

    Args:
        store: The graph.
        least: Communities with fewer papers are left out.
        names: Entities of each that are kept.
    """
    import networkx as nx

    network, labels = _network(store)
    found = []
    for members in nx.community.louvain_communities(network, seed=0):
        papers = sum(labels[node]["kind"] == "Paper" for node in members)
        if papers >= least:
            found.append((papers, _by_papers(network, labels, members)))
    found.sort(key=lambda group: (-group[0], -len(group[1]), group[1][0].key if group[1] else ()))
    return Listing(
        Community(number, papers, len(entities), tuple(entities[:names]))
        for number, (papers, entities) in enumerate(found, 1)
    )


def _by_papers(
    network: nx.Graph[int], labels: dict[int, dict[str, Any]], members: set[int]
) -> list[Entity]:
    """Return the entities of a community, those that most of its papers name first."""
    entities = [node for node in members if labels[node]["kind"] != "Paper"]
    inside = {node: sum(near in members for near in network[node]) for node in entities}
    entities.sort(key=lambda node: (-inside[node], labels[node]["node"]))
    return [_entity(labels[node]) for node in entities]


def _network(store: Store) -> tuple[nx.Graph[int], dict[int, dict[str, Any]]]:
    """Return the network with numbers for nodes, and what each number stands for.

    Numbers, since the order of a set of strings changes from one run of Python to the next.
    """
    import networkx as nx

    full = to_networkx(store)
    number = {node: n for n, node in enumerate(full)}
    labels = {number[node]: {**data, "node": node} for node, data in full.nodes(data=True)}
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(labels)
    network.add_edges_from(
        (number[a], number[b])
        for a, b, predicate in full.edges(data="predicate")
        if predicate != "broader"
    )
    return network, labels


def _scores(network: nx.Graph[int], measure: str, papers: int) -> dict[int, float]:
    import networkx as nx

    if measure == "degree":
        return {node: degree / max(1, papers) for node, degree in network.degree()}
    if measure == "betweenness":
        sample = _SAMPLE if len(network) > 1000 else None
        return dict(nx.betweenness_centrality(network, k=sample, seed=0))
    if measure == "eigenvector":
        return dict(nx.eigenvector_centrality(network, max_iter=1000, tol=1e-8))
    # networkx needs SciPy for this one, which nothing else here does; igraph is at hand.
    import igraph

    graph = igraph.Graph(n=len(network), edges=list(network.edges()))
    return dict(enumerate(graph.pagerank(damping=0.85)))


def _entity(data: dict[str, Any]) -> Entity:
    kind, id = data["kind"], data["node"].split("/", 1)[1]
    return Entity(kind, id, data["label"])
