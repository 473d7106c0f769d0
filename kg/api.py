"""The Python face of paperkg: build or open a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.asking import Graph
from kg.errors import InputError, Problem
from kg.graph.store import Store
from kg.model import Annotation, BuildReport, Entity, Listing, Paper
from kg.opening import RDF_SUFFIXES, is_graph, open_store, unite
from kg.shards import is_annotated

if TYPE_CHECKING:
    from kg.evaluate.scoring import Evaluation
    from kg.rdf.validating import Violation
    from kg.shards.running import Outcome

__all__ = [
    "Graph",
    "annotate",
    "annotate_to",
    "build",
    "check_rules",
    "evaluate",
    "merge",
    "open",
    "read",
    "validate",
]


def build(
    *paths: str | Path,
    to: str | Path | None = None,
    rules: str | Path | None = None,
    recogniser: bool | str | Path = True,
    format: str | None = None,
    strict: bool = False,
    workers: int = 1,
    refresh: bool = False,
    on_progress: Any = None,
    on_problem: Any = None,
) -> Graph:
    """Build a graph from papers, in memory or, with `to`, in a graph file.

    A graph file that exists is added to; papers that are in it unchanged are not read again. RDF
    files that `export` has written become the graph that they were written from, and folders that
    `annotate_to` has filled are loaded as they are.

    Args:
        paths: Files, folders, globs, or "-" for standard input.
        to: The graph file.
        rules: A folder of your own rules, laid over those of the package.
        recogniser: Whether the learned recogniser helps the rules; without it all is some ten times
            as fast. Or a file of weights of your own (`kg train`).
        format: Input format; None recognises it.
        strict: Whether to stop at the first bad record instead of listing it in the report.
        workers: Processes that annotate; the outcome does not depend on their number. Where processes
            are not copied but begun anew (macOS, Windows), a script that asks for several needs
            `if __name__ == "__main__":`.
        refresh: Whether to annotate anew what the graph holds by other rules, read again or not.
        on_progress: Called with papers done and papers in all.
        on_problem: Called with each problem (`kg.errors.Problem`) when it is met.

    Raises:
        KgError: See its subclasses in `kg.errors`.
    """
    from kg.builder import build as run

    if format is None and paths and all(map(is_graph, paths)):
        return merge(*paths, to=to)
    if graphs := [str(path) for path in paths if format is None and is_graph(path)]:
        raise InputError(
            f"{', '.join(graphs)}: graphs and papers cannot be built in one go.",
            "Build the papers, then unite the graphs: kg merge A B -o C",
        )
    if format is None and (folders := [str(path) for path in paths if is_annotated(path)]):
        from kg.shards.folders import build as load

        if len(folders) < len(paths):
            raise InputError(
                f"{', '.join(folders)}: annotations and papers cannot be built in one go.",
                "Build one, then the other, to the same graph file.",
            )
        target = Path(to) if to else None
        return Graph(*load(folders, target, Path(rules) if rules else None, on_problem))
    store, report = run(
        paths,
        Path(to) if to else None,
        rules=Path(rules) if rules else None,
        recogniser=_weights(recogniser),
        format=format,
        strict=strict,
        workers=workers,
        refresh=refresh,
        on_progress=on_progress,
        on_problem=on_problem,
    )
    return Graph(store, report)


def open(path: str | Path) -> Graph:
    """Open a graph file, or RDF that `export` has written, for queries and exports.

    Raises:
        GraphFileError: It is missing or not a graph file.
        InputError: It is RDF, but not well formed or not ours.
    """
    store, problems = open_store(Path(path))
    return Graph(store, BuildReport(problems=tuple(problems)) if problems else None)


def merge(*graphs: str | Path | Graph, to: str | Path | None = None) -> Graph:
    """Return the union of graphs, in memory or, with `to`, in a graph file.

    Papers that share a title, DOI, arXiv id or other identifier become one, with everything that any
    of the graphs says of it. Of several graphs, each paper keeps the names of those it was in among
    its sources. A graph file `to` that exists is one of them.

    Raises:
        KgError: A graph cannot be opened, or the file not be written.
    """
    target = Path(to) if to is not None else None
    opened, problems = [], list[Problem]()
    for graph in graphs:
        store, bad = (graph.store, []) if isinstance(graph, Graph) else open_store(Path(graph))
        opened.append((store, store.path.name if store.path else _name(graph)))
        problems += bad
    if len(opened) == 1:
        opened = [(opened[0][0], "")]
    if target and target.is_file():
        opened.append((Store.open(target), ""))
    store = unite(opened, target)
    count = store.count
    return Graph(
        store,
        BuildReport(
            papers=count("paper"),
            added=count("paper"),
            entities=count("entity"),
            links=count("link"),
            results=count("result"),
            problems=tuple(problems),
        ),
    )


def _name(graph: str | Path | Graph) -> str:
    return "" if isinstance(graph, Graph) else Path(graph).name


def read(
    *paths: str | Path,
    format: str | None = None,
    strict: bool = False,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Paper]:
    """Yield the papers of files and folders; see `kg.readers.reading.read`."""
    from kg.readers import read as run

    return run(*paths, format=format, strict=strict, on_problem=on_problem)


def annotate(
    papers: Iterable[Paper],
    *,
    rules: str | Path | None = None,
    recogniser: bool | str | Path = True,
    workers: int = 1,
    names: Iterable[Entity] = (),
) -> Iterator[Annotation]:
    """Yield what each paper names and says, in order; see `kg.extract.annotator.Annotator`.

    Args:
        papers: The papers.
        rules: A folder of your own rules, laid over those of the package.
        recogniser: Whether the learned recogniser helps, as for `build`.
        workers: Processes that annotate, as for `build`.
        names: Entities to be known beside those of the catalogue, such as `kg.readers.named` finds.
    """
    from kg.extract.annotator import Annotator
    from kg.extract.parallel import extract, whole
    from kg.resolve.extra_names import united

    annotator = Annotator(Path(rules) if rules else None, _weights(recogniser), united(names))
    return extract(annotator, papers, whole, workers)


def annotate_to(
    folder: str | Path,
    *paths: str | Path,
    engine: str = "local",
    rules: str | Path | None = None,
    recogniser: bool | str | Path = True,
    format: str | None = None,
    workers: int = 1,
    on_progress: Any = None,
    on_problem: Any = None,
) -> Outcome:
    """Annotate each file on its own, into a folder that `build` loads.

    The folder gets annotations as Parquet, triples as N-Triples and a report for each file. What is
    there already, by the same rules and weights, is left as it is.

    Args:
        folder: Where to write; a path, or a URI such as "s3://bucket/annotated".
        paths: Files, folders, globs, or URIs of files and folders.
        engine: "local", or "ray" for the machines of a Ray cluster (pip install 'paperkg[ray]').
        rules: A folder of your own rules, laid over those of the package.
        recogniser: Whether the learned recogniser helps, as for `build`.
        format: Input format; None recognises it.
        workers: Processes that annotate; with Ray actors at most, 0 for one a processor.
        on_progress: Called with files done and files in all.
        on_problem: Called with each record, or file, that could not be used.

    Raises:
        KgError: See its subclasses in `kg.errors`.
    """
    from kg.shards.running import run
    from kg.shards.work import Job

    job = Job(str(folder), Path(rules) if rules else None, _weights(recogniser), format)
    tell = {"on_progress": on_progress, "on_problem": on_problem}
    return run(paths, job.absolute(), engine=engine, workers=workers, **tell)


def _weights(recogniser: bool | str | Path) -> bool | Path:
    return recogniser if isinstance(recogniser, bool) else Path(recogniser)


def evaluate(
    gold: str | Path,
    *paths: str | Path,
    rules: str | Path | None = None,
    recogniser: bool | str | Path = True,
) -> Evaluation:
    """Annotate papers and score the annotations against gold.

    Args:
        gold: Gold annotations, JSON Lines in the shape that `kg annotate` writes.
        paths: The papers, joined with the gold by title.
        rules: A folder of your own rules.
        recogniser: As for `build`.

    Raises:
        InputError: A file is missing, or the gold is not JSON Lines.
    """
    import json

    from kg.evaluate.scoring import evaluate as score
    from kg.evaluate.scoring import norm
    from kg.readers import named
    from kg.readers.source import open_source

    path = Path(gold)
    with open_source(path, path.name) as source:
        try:
            records = [json.loads(line) for line in source.lines if line.strip()]
        except ValueError as error:
            raise InputError(f"{path} is not JSON Lines: {error}") from None
    wanted = {norm(record["title"]) for record in records}
    papers = {norm(p.title): p for p in read(*paths) if norm(p.title) in wanted}
    found = annotate(papers.values(), rules=rules, recogniser=recogniser, names=named(*paths))
    return score(records, (annotation.to_json() for annotation in found))


def validate(path: str | Path, shapes: str | Path | None = None) -> Listing[Violation]:
    """Return what in an RDF file, or a graph file, breaks the SHACL shapes of the ontology.

    Args:
        path: The file.
        shapes: Shapes of your own; None takes those of the package.

    Raises:
        KgError: The file cannot be read, or pySHACL is not installed.
    """
    import tempfile

    from kg.rdf.validating import validate as run

    place = Path(path)
    own = Path(shapes) if shapes else None
    if place.suffix.lower() in RDF_SUFFIXES:
        return run(place, own)
    with tempfile.TemporaryDirectory() as folder, open(place) as graph:
        return run(graph.export(Path(folder) / "graph.nt", evidence=True), own)


def check_rules(rules: str | Path | None = None) -> list[Problem]:
    """Return the mistakes in the rules, a user's own laid over those of the package."""
    from kg.rulebook.book import load
    from kg.rulebook.check import check

    return check(load(Path(rules) if rules else None))
