"""The one pipeline: read, merge, annotate, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.errors import Problem
from kg.extract.annotator import Annotator
from kg.extract.parallel import extract
from kg.graph.joining import Joined, join
from kg.graph.rows import rows
from kg.graph.store import Store, paper_of
from kg.graph.writer import Writer, digest
from kg.model import BuildReport, Paper, sorted_unique
from kg.readers import read
from kg.resolve.merge import Gathering, conflicts

#: Papers in one transaction: what a killed build can lose at most.
BATCH = 200
#: Records taken in before the first is annotated (some 200 MB). What is known of a paper in one
#: portion is merged with what the next says through the graph.
PORTION = 25_000

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
    workers: int = 1,
    refresh: bool = False,
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
        workers: Processes that annotate; the outcome does not depend on their number.
        refresh: Whether to annotate anew what the graph holds by other rules, read again or not.
        on_progress: Called with papers done and papers in all, as far as they are known.

    Returns:
        The open store and what was done.

    Raises:
        InputError: An input is missing or, with `strict`, bad.
        GraphFileError: The graph file cannot be written.
        RuleError: The rules hold mistakes.
    """
    problems: list[Problem] = []
    annotator = Annotator(rules, recogniser)
    records = read(*paths, format=format, strict=strict, on_problem=problems.append)
    portion = list(islice(records, PORTION))
    run = _Run(Store.open(to, write=True), annotator, workers, on_progress)
    while True:
        following = list(islice(records, PORTION))
        run.take(portion, problems, last=not following)
        if not following:
            break
        portion = following
    if refresh:
        run.refresh()
    run.close()
    return run.store, run.report(problems)


class _Run:
    """One build, portion by portion."""

    def __init__(
        self, store: Store, annotator: Annotator, workers: int, on_progress: Progress | None
    ) -> None:
        self.store = store
        self._annotator = annotator
        self._version = annotator.version
        self._workers = workers
        self._on_progress = on_progress
        self._writer = Writer(store, annotator.catalogue_aliases)
        self._untitled: list[Paper] = []
        self._read: set[str] = set()
        self._added: set[str] = set()
        self._updated: set[str] = set()
        self._listings = self._refreshed = self._done = self._total = 0

    def take(self, records: Iterable[Paper], problems: list[Problem], last: bool) -> None:
        """Add a portion of records; with the `last`, abstracts still without title are problems."""
        gathering = Gathering()
        for record in records:
            gathering.add(record)
        for record in self._untitled:
            gathering.add(record, new=False)
        self._listings += gathering.count
        listed = join(self.store, gathering)
        self._untitled = [joined.paper for joined in listed if not joined.paper.title]
        waiting = self._waiting(joined for joined in listed if joined.paper.title)
        for joined in listed:
            if joined.paper.title:
                self._read.difference_update(joined.replaces)
                self._read.add(joined.paper.id)
        for joined, _ in waiting:
            new = self._added if self._added.issuperset(joined.replaces) else self._updated
            self._added.difference_update(joined.replaces)
            new.add(joined.paper.id)
        self._write(waiting)
        problems += sorted({note for pair in gathering.conflicts for note in _notes(*pair)})
        if last:
            problems += map(_untitled, self._untitled)

    def refresh(self) -> None:
        """Annotate anew the papers whose annotations other rules have made."""
        last = ""
        while stored := self.store.db.execute(
            "SELECT id, record, digest FROM paper WHERE id > ? ORDER BY id LIMIT ?", (last, PORTION)
        ).fetchall():
            last = stored[-1][0]
            listed = (Joined(paper_of(record), (id,), (mark,)) for id, record, mark in stored)
            waiting = self._waiting(listed)
            self._refreshed += len(waiting)
            self._write(waiting)

    def close(self) -> None:
        """Leave the graph as it should be found."""
        if self._done:
            self._writer.prune()
            self.store.db.execute(
                "INSERT OR REPLACE INTO meta VALUES ('version', ?)", (self._version,)
            )

    def report(self, problems: Iterable[Problem]) -> BuildReport:
        """Return what was done."""
        return BuildReport(
            self._listings,
            len(self._read),
            len(self._added),
            len(self._updated),
            len(self._read) - len(self._added) - len(self._updated),
            self.store.count("entity"),
            self.store.count("link"),
            self.store.count("result"),
            tuple(problems),
            self._refreshed,
        )

    def _waiting(self, listed: Iterable[Joined]) -> list[tuple[Joined, str]]:
        marked = ((joined, digest(joined.paper, self._version)) for joined in listed)
        return [(joined, mark) for joined, mark in marked if joined.marks != (mark,)]

    def _write(self, waiting: list[tuple[Joined, str]]) -> None:
        self._total += len(waiting)
        papers = (joined.paper for joined, _ in waiting)
        made = extract(self._annotator, papers, rows, self._workers)
        for batch in _batches(zip(made, waiting, strict=True)):
            self._writer.write((found, mark, j.replaces) for found, (j, mark) in batch)
            self._done += len(batch)
            if self._on_progress:
                self._on_progress(self._done, self._total)


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


def _batches(items: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(items, BATCH)):
        yield batch
