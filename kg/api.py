"""The Python face of paperkg: build or open a graph, and ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.errors import InputError, Problem
from kg.graph.store import Store
from kg.model import Annotation, BuildReport, Evidence, Paper
from kg.query import entities as entities_
from kg.query import leaderboard as leaderboard_
from kg.query import papers as papers_
from kg.query import paths as paths_
from kg.query.names import find_paper

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.evaluate.scoring import Evaluation


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

    def close(self) -> None:
        """Close the graph file."""
        self.store.close()

    def papers(
        self,
        *,
        on: str | None = None,
        using: str | None = None,
        introduces: str | None = None,
        outperforms: str | None = None,
        task: str | None = None,
        metric: str | None = None,
        mentions: str | None = None,
        text: str | None = None,
        since: int | None = None,
        until: int | None = None,
        limit: int | None = None,
    ) -> list[Paper]:
        """Return the papers that fit every filter, newest first.

        Args:
            on: Data set or benchmark that they evaluate on.
            using: Method that they build on or introduce.
            introduces: What they introduce.
            outperforms: Method that they say they beat.
            task: Task that they address.
            metric: Metric that they name.
            mentions: Anything that they name.
            text: Words in title or abstract.
            since: First year.
            until: Last year.
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
            task=task,
            metric=metric,
            mentions=mentions,
            text=text,
            since=since,
            until=until,
            limit=limit,
        )

    def paper(self, name: str) -> Paper:
        """Return a paper by its id or title."""
        return find_paper(self.store, name)

    def entity(self, name: str) -> entities_.Profile:
        """Return an entity with its aliases and the papers that name it, by predicate."""
        return entities_.profile(self.store, name)

    def entities(
        self, kind: str | None = None, limit: int | None = None
    ) -> list[entities_.Counted]:
        """Return entities with their number of papers, most named first."""
        return entities_.entities(self.store, kind, limit)

    def find(self, words: str, limit: int = 20) -> list[papers_.Hit]:
        """Return entities whose names, and papers whose text, hold the words."""
        return papers_.find(self.store, words, limit)

    def related(
        self, name: str, kind: str | None = None, limit: int = 20
    ) -> list[entities_.Related]:
        """Return the entities named in the same papers, nearest (Jaccard index) first."""
        return entities_.related(self.store, name, kind, limit)

    def leaderboard(self, dataset: str, metric: str | None = None) -> list[leaderboard_.Row]:
        """Return the figures that papers report on a data set, best first within each metric."""
        return leaderboard_.leaderboard(self.store, dataset, metric)

    def evidence(self, paper: str | None = None, entity: str | None = None) -> list[Evidence]:
        """Return the sentences behind the links of a paper, an entity, or between the two."""
        return papers_.evidence(self.store, paper, entity)

    def path(self, a: str, b: str) -> list[paths_.Step]:
        """Return a shortest path between two entities over papers that name both."""
        return paths_.path(self.store, a, b)

    def timeline(self, name: str) -> dict[int, int]:
        """Return the number of papers that name an entity, by year."""
        return paths_.timeline(self.store, name)

    def stats(self) -> dict[str, Any]:
        """Return counts of papers, entities, links, results and code links."""
        return entities_.stats(self.store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the graph as a networkx MultiDiGraph (see `kg.graph.network`)."""
        from kg.graph.network import to_networkx

        return to_networkx(self.store)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the graph as an rdflib Graph."""
        from kg.export.rdf import to_rdflib

        return to_rdflib(self.store)

    def export(self, path: str | Path, format: str | None = None, **options: Any) -> Path:
        """Write the graph to a file, in the format of its suffix.

        Raises:
            UnknownFormat: There is no such format.
            KgError: The file cannot be written.
        """
        from kg.export import export

        export(self.store, Path(path), format, **options)
        return Path(path)

    def view(self, path: str | Path | None = None, **options: Any) -> Path:
        """Write the HTML network, by default to a temporary place, and open it in the browser."""
        import tempfile
        import webbrowser

        place = Path(path) if path else Path(tempfile.mkdtemp(prefix="paperkg-")) / "graph.html"
        self.export(place, "html", **options)
        webbrowser.open(place.resolve().as_uri())
        return place


def build(
    *paths: str | Path,
    to: str | Path | None = None,
    rules: str | Path | None = None,
    format: str | None = None,
    strict: bool = False,
    on_progress: Any = None,
) -> Graph:
    """Build a graph from papers, in memory or, with `to`, in a graph file.

    A graph file that exists is added to; papers that are in it unchanged are not read again.

    Args:
        paths: Files, folders, globs, or "-" for standard input.
        to: The graph file.
        rules: A folder of your own rules, laid over those of the package.
        format: Input format; None recognises it.
        strict: Whether to stop at the first bad record instead of listing it in the report.
        on_progress: Called with papers done and papers in all.

    Raises:
        KgError: See its subclasses in `kg.errors`.
    """
    from kg.builder import build as run

    store, report = run(
        paths,
        Path(to) if to else None,
        rules=Path(rules) if rules else None,
        format=format,
        strict=strict,
        on_progress=on_progress,
    )
    return Graph(store, report)


def open(path: str | Path) -> Graph:
    """Open a graph file for queries and exports.

    Raises:
        GraphFileError: It is missing or not a graph file.
    """
    return Graph(Store.open(Path(path)))


def read(
    *paths: str | Path,
    format: str | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Paper]:
    """Yield the papers of files and folders; see `kg.readers.reading.read`."""
    from kg.readers import read as run

    return run(*paths, format=format, on_problem=on_problem)


def annotate(papers: Iterable[Paper], *, rules: str | Path | None = None) -> Iterator[Annotation]:
    """Yield what each paper names and says; see `kg.extract.annotator.Annotator`."""
    from kg.extract.annotator import Annotator

    return Annotator(Path(rules) if rules else None).annotate(papers)


def evaluate(gold: str | Path, *paths: str | Path, rules: str | Path | None = None) -> Evaluation:
    """Annotate papers and score the annotations against gold.

    Args:
        gold: Gold annotations, JSON Lines in the shape that `kg annotate` writes.
        paths: The papers, joined with the gold by title.
        rules: A folder of your own rules.

    Raises:
        InputError: A file is missing, or the gold is not JSON Lines.
    """
    import json

    from kg.evaluate.scoring import evaluate as score
    from kg.evaluate.scoring import norm
    from kg.readers.source import open_source

    path = Path(gold)
    with open_source(path, path.name) as source:
        try:
            records = [json.loads(line) for line in source.lines if line.strip()]
        except ValueError as error:
            raise InputError(f"{path} is not JSON Lines: {error}") from None
    wanted = {norm(record["title"]) for record in records}
    papers = {norm(p.title): p for p in read(*paths) if norm(p.title) in wanted}
    found = annotate(papers.values(), rules=rules)
    return score(records, (annotation.to_json() for annotation in found))


def check_rules(rules: str | Path | None = None) -> list[Problem]:
    """Return the mistakes in the rules, a user's own laid over those of the package."""
    from kg.rulebook.book import load
    from kg.rulebook.check import check

    return check(load(Path(rules) if rules else None))
