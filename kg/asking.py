"""A graph as Python sees it: every question, and every way out."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.graph.store import Store
from kg.model import BuildReport, Evidence, Listing, Paper
from kg.query import compare as compare_
from kg.query import entities as entities_
from kg.query import leaderboard as leaderboard_
from kg.query import network as network_
from kg.query import papers as papers_
from kg.query import paths as paths_
from kg.query import search as search_
from kg.query.names import Name, PaperName, find_key, find_paper

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.query.sparql import Solution, View


class Graph:
    """A graph of papers and what they name.

    Made by `build` or `open`. Names are given as names, aliases or ids, in any case: "KAN",
    "kolmogorov-arnold network". An unknown name raises `UnknownName` with near ones.

    Attributes:
        store: The graph file.
        report: What `build` did; None for an opened graph.
    """

    def __init__(self, store: Store, report: BuildReport | None = None) -> None:
        self.store = store
        self.report = report
        self._view: View | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        count = self.store.count
        return (
            f"<Graph: {count('paper')} papers, {count('entity')} entities, {count('link')} links>"
        )

    def _repr_html_(self) -> str:
        counts = self.stats()
        cells = {"papers": counts["papers"], **counts["entities"], "results": counts["results"]}
        head = "".join(f"<th>{name}</th>" for name in cells)
        return f"<table><tr>{head}</tr><tr>{''.join(f'<td>{n}</td>' for n in cells.values())}</tr></table>"

    def close(self) -> None:
        """Close the graph file, and what answers SPARQL."""
        if self._view:
            self._view.close()
        self.store.close()

    def papers(
        self,
        *,
        on: papers_.Names | None = None,
        using: papers_.Names | None = None,
        introduces: papers_.Names | None = None,
        outperforms: papers_.Names | None = None,
        compares_with: papers_.Names | None = None,
        task: papers_.Names | None = None,
        metric: papers_.Names | None = None,
        mentions: papers_.Names | None = None,
        text: str | None = None,
        since: int | None = None,
        until: int | None = None,
        code: bool | None = None,
        limit: int | None = None,
    ) -> Listing[Paper]:
        """Return the papers that fit every filter, newest first.

        A filter takes one name or several; of several, all must hold.

        Args:
            on: Data set or benchmark that they evaluate on.
            using: Method that they build on or introduce.
            introduces: What they introduce.
            outperforms: Method that they say they beat.
            compares_with: Method that they compare with or beat.
            task: Task that they address.
            metric: Metric that they name.
            mentions: Anything that they name.
            text: Words in title or abstract.
            since: First year.
            until: Last year.
            code: True for papers that say where their code is, False for the others.
            limit: At most so many.

        Raises:
            UnknownName: The graph has no such entity.
        """
        return papers_.papers(
            self.store,
            on=on,
            using=using,
            introduces=introduces,
            outperforms=outperforms,
            compares_with=compares_with,
            task=task,
            metric=metric,
            mentions=mentions,
            text=text,
            since=since,
            until=until,
            code=code,
            limit=limit,
        )

    def paper(self, name: PaperName) -> Paper:
        """Return a paper by its id, title, arXiv id or DOI."""
        return find_paper(self.store, name)

    def entity(self, name: Name) -> entities_.Profile:
        """Return an entity with its aliases and the papers that name it, by predicate."""
        return entities_.profile(self.store, name)

    def entities(
        self, kind: str | None = None, limit: int | None = None
    ) -> Listing[entities_.Counted]:
        """Return entities with their number of papers, most named first."""
        return entities_.entities(self.store, kind, limit)

    def find(self, words: str, limit: int = 20) -> Listing[search_.Hit]:
        """Return entities whose names, and papers whose text, hold the words."""
        return search_.find(self.store, words, limit)

    def related(
        self, name: Name, kind: str | None = None, limit: int = 20
    ) -> Listing[entities_.Related]:
        """Return the entities named in the same papers, nearest (Jaccard index) first."""
        return entities_.related(self.store, name, kind, limit)

    def compare(self, a: Name, b: Name) -> compare_.Comparison:
        """Return two entities side by side: who beats whom, on which data, and what they share."""
        return compare_.compare(self.store, a, b)

    def leaderboard(self, dataset: Name, metric: Name | None = None) -> Listing[leaderboard_.Row]:
        """Return the figures that papers report on a data set, best first within each metric."""
        return leaderboard_.leaderboard(self.store, dataset, metric)

    def evidence(
        self, paper: PaperName | None = None, entity: Name | None = None
    ) -> Listing[Evidence]:
        """Return the sentences behind the links of a paper, an entity, or between the two."""
        return papers_.evidence(self.store, paper, entity)

    def path(self, a: Name, b: Name) -> Listing[paths_.Step]:
        """Return a shortest path between two entities over papers that name both."""
        return paths_.path(self.store, a, b)

    def timeline(self, name: Name) -> dict[int, int]:
        """Return the number of papers that name an entity, by year."""
        return paths_.timeline(self.store, name)

    def central(
        self, measure: str = "pagerank", kind: str | None = None, limit: int = 20
    ) -> Listing[network_.Central]:
        """Return the most central entities; the measures are defined in `kg.query.network`."""
        return network_.central(self.store, measure, kind, limit)

    def communities(self, least: int = 3) -> Listing[network_.Community]:
        """Return groups of papers and entities that belong together (Louvain), largest first."""
        return network_.communities(self.store, least)

    def sparql(self, query: str, timeout: float = 30.0) -> Listing[Solution] | bool | str:
        """Return the answer to a SPARQL query, which can only read.

        The prefixes kg, dcterms, skos, fabio, cito, schema, rdf, rdfs and xsd are known. The first
        query loads the graph into Oxigraph; later ones are answered from there.

        Args:
            query: SPARQL 1.1.
            timeout: Seconds that it may take.

        Returns:
            Rows for SELECT, a truth value for ASK, Turtle for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: The query is wrong, asks for more than reading, or takes too long.
        """
        from kg.query.sparql import run

        return run(self.sparql_view(), query, timeout)

    def sparql_view(self) -> View:
        """Return the view that answers SPARQL, for other forms of answers."""
        from kg.query.sparql import View

        self._view = self._view or View(self.store)
        return self._view

    def stats(self) -> dict[str, Any]:
        """Return counts of papers, entities, links, results and code links."""
        return entities_.stats(self.store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the graph as a networkx MultiDiGraph (see `kg.graph.network`)."""
        from kg.graph.network import to_networkx

        return to_networkx(self.store)

    def to_rdflib(self, **options: Any) -> rdflib.Graph:
        """Return the graph as an rdflib Graph; options as for `export`."""
        from kg.export.rdf import to_rdflib

        return to_rdflib(self.store, **options)

    def export(self, path: str | Path, format: str | None = None, **options: Any) -> Path:
        """Write the graph to a file, in the format of its suffix.

        Args:
            path: Where to write.
            format: A format, where the suffix does not tell.
            options: Of the format. RDF takes `base_iri`, `evidence` and `profile`; see
                `kg.export.rdf.document`. HTML takes `max_nodes`, `max_papers`, `kinds`, `focus` (the
                name of an entity), `hops` and `title`; see `kg.export.html.page.write`.

        Raises:
            UnknownFormat: There is no such format.
            UnknownName: The graph has no entity of the name given as `focus`.
            KgError: The file cannot be written, or an option is wrong.
        """
        from kg.export import export

        if isinstance(options.get("focus"), str):
            options["focus"] = find_key(self.store, options["focus"])
        export(self.store, Path(path), format, **options)
        return Path(path)

    def merge(self, *others: Graph) -> Graph:
        """Return the union of this graph and others, in memory; `kg.merge` writes it to a file."""
        from kg.opening import unite

        graphs = [graph.store for graph in (self, *others)]
        return Graph(unite([(s, s.path.name if s.path else "") for s in graphs], None))

    def view(self, path: str | Path | None = None, **options: Any) -> Path:
        """Write the HTML network and show it: in a notebook below the cell, else in the browser.

        Args:
            path: Where to write; None takes a temporary place.
            options: As `export` takes them for HTML.

        Raises:
            KgError: The file cannot be written.
        """
        import tempfile

        from kg.export.html import show

        place = self.export(
            path or Path(tempfile.mkdtemp(prefix="paperkg-")) / "graph.html", "html", **options
        )
        show(place)
        return place
