"""The one pipeline: read, merge, annotate, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.errors import Problem
from kg.extract.annotator import Annotator
from kg.graph.joining import Joined, join
from kg.graph.store import Store
from kg.graph.writer import Writer, digest
from kg.model import BuildReport, Paper, sorted_unique
from kg.readers import read
from kg.resolve.merge import Gathering, conflicts

#: Papers in one transaction: what a killed build can lose at most.
BATCH = 200

Progress = Callable[[int, int], None]
_T = TypeVar("_T")


def build(
    paths: Iterable[str | Path],
    to: Path | None = None,
    *,
    rules: Path | None = None,
    recogniser: bool | Path = True,
    format: str | None = None,
    strict: bool = False,
    on_progress: Progress | None = None,
) -> tuple[Store, BuildReport]:
    """Read papers, annotate those that are new or changed, and add them to a graph.

    Args:
        paths: Files, folders, globs, or "-".
        to: The graph file, made where it is missing; None builds in memory.
        rules: A folder of a user's own rules.
        recogniser: Whether the learned recogniser helps; or a file of weights of a user's own.
        format: Input format; None recognises it.
        strict: Whether to stop at the first bad record.
        on_progress: Called with papers done and papers in all.

    Returns:
        The open store and what was done.

    Raises:
        InputError: An input is missing or, with `strict`, bad.
        GraphFileError: The graph file cannot be written.
        RuleError: The rules hold mistakes.
    """
    problems: list[Problem] = []
    gathering = Gathering()
    for record in read(*paths, format=format, strict=strict, on_problem=problems.append):
        gathering.add(record)
    store = Store.open(to, write=True)
    annotator = Annotator(rules, recogniser)
    waiting: list[tuple[Joined, str]] = []
    listed = join(store, gathering)
    for joined in listed:
        if not joined.paper.title:
            problems.append(_untitled(joined.paper))
            continue
        mark = digest(joined.paper, annotator.version)
        if joined.marks != (mark,):
            waiting.append((joined, mark))
    _write(store, annotator, waiting, on_progress)
    problems += sorted({note for pair in gathering.conflicts for note in _notes(*pair)})
    added = sum(not joined.replaces for joined, _ in waiting)
    papers = sum(bool(joined.paper.title) for joined in listed)
    report = BuildReport(
        gathering.count,
        papers,
        added,
        len(waiting) - added,
        papers - len(waiting),
        store.count("entity"),
        store.count("link"),
        store.count("result"),
        tuple(problems),
    )
    return store, report


def _untitled(paper: Paper) -> Problem:
    return Problem(
        paper.sources[0],
        0,
        f"an abstract whose paper is missing ({paper.id})",
        "read the file that holds its title along with it",
    )


def _notes(one: Paper, other: Paper) -> Iterator[Problem]:
    sources = " and ".join(sorted_unique([*one.sources, *other.sources]))
    for field, a, b in conflicts(one, other):
        first, second = sorted((a, b), key=lambda text: (len(text), text), reverse=True)
        yield Problem(
            sources,
            0,
            f"{_short(one.title or other.title)}: {field} {_short(first)} kept, not {_short(second)}",
            level="note",
        )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _write(
    store: Store,
    annotator: Annotator,
    waiting: list[tuple[Joined, str]],
    on_progress: Progress | None,
) -> None:
    writer = Writer(store, annotator.catalogue_aliases)
    annotations = annotator.annotate(joined.paper for joined, _ in waiting)
    done = 0
    for batch in _batches(zip(annotations, waiting, strict=True)):
        writer.write((annotation, mark, joined.replaces) for annotation, (joined, mark) in batch)
        done += len(batch)
        if on_progress:
            on_progress(done, len(waiting))
    if waiting:
        writer.prune()
        store.db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (annotator.version,))


def _batches(items: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(items, BATCH)):
        yield batch
