"""The graph as networkx sees it: for analysis, and for the formats that networkx writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.store import Store

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """Return the graph as a networkx MultiDiGraph.

    Nodes are "paper/ID" and "method/ID" …, with `label`, `kind` and, for papers, `year` (0 when not
    known) and `url`; edges run from papers to entities, with the predicate as key and as `predicate`,
    the deciding sentence as `evidence`, and the `rule`; a narrower entity points to its broader one.
    Every attribute is a string or a number, never None, so that any format can hold them.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    text = {}
    for paper in store.papers():
        text[paper.id] = paper
        graph.add_node(
            f"paper/{paper.id}",
            label=paper.title,
            kind="Paper",
            year=paper.year or 0,
            url=paper.url or "",
        )
    for entity in store.entities():
        graph.add_node(
            node(entity.kind, entity.id), label=entity.name, kind=entity.kind, year=0, url=""
        )
    for link in store.links():
        graph.add_edge(
            f"paper/{link.paper}",
            node(link.kind, link.entity),
            key=link.predicate,
            predicate=link.predicate,
            evidence=text[link.paper].text(link.field)[link.start : link.end],
            rule=link.rule,
        )
    for entity in store.entities():
        if entity.broader and node(entity.kind, entity.broader) in graph:
            graph.add_edge(
                node(entity.kind, entity.id),
                node(entity.kind, entity.broader),
                key="broader",
                predicate="broader",
                evidence="",
                rule="catalogue",
            )
    return graph


def node(kind: str, id: str) -> str:
    """Return the name of an entity's node, such as "method/kolmogorov-arnold-network"."""
    return f"{kind.lower()}/{id}"
