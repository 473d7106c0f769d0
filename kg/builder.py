"""The one pipeline: read, merge, annotate, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import Problem
from kg.extract.parallel import extract
from kg.extract.version import version
from kg.graph.faults import in_plain_words, one_build_at_a_time
from kg.graph.joining import Joined, join
from kg.graph.rows import rows
from kg.graph.store import Store, paper_of
from kg.graph.writer import Writer, digest
from kg.model import BuildReport, Entity, Paper
from kg.readers import read
from kg.resolve.extra_names import united
from kg.resolve.merge import Gathering
from kg.resolve.remarks import contradictions, namesakes, untitled

if TYPE_CHECKING:
    from kg.extract.annotator import Annotator

#: Papers in one transaction: what a killed build can lose at most.
BATCH = 200
#: Records taken in before the first is annotated (some 200 MB). What is known of a paper in one
#: portion is merged with what the next says through the graph.
PORTION = 25_000

Report = Callable[[Problem], None]
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
    on_problem: Report | None = None,
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
        on_problem: Called with each problem when it is met; the report holds them too.

    Returns:
        The open store and what was done.

    Raises:
        InputError: An input is missing or, with `strict`, bad.
        GraphFileError: The graph file cannot be written.
        RuleError: The rules hold mistakes.
    """
    problems: list[Problem] = []

    def report(problem: Problem) -> None:
        problems.append(problem)
        if on_problem:
            on_problem(problem)

    with one_build_at_a_time(to), in_plain_words(to):
        # A file that is not ours is refused before anything is read.
        existing = Store.open(to, write=True) if to and to.exists() else None
        names: list[Entity] = []
        records = read(
            *paths, format=format, strict=strict, on_problem=report, on_name=names.append
        )
        ahead = _Ahead(records)
        portion = ahead.portion()
        store = existing or Store.open(to, write=True)
        known = united([*names, *store.names()])
        run = _Run(store, _Annotating(rules, recogniser, known), workers, report, on_progress)
        run.meanwhile = ahead.read
        while portion:
            run.take(portion, last=not ahead.more())
            portion = ahead.portion()
        if (every := united([*names, *store.names()])) != known:
            run.annotate_with(_Annotating(rules, recogniser, every))
        if every:
            store.keep_names(every)
        if refresh or every != known:
            run.refresh()
        run.close()
        return store, run.report(problems)


class _Annotating:
    """An annotator that is loaded when it is needed: most builds that add nothing need none."""

    def __init__(
        self, rules: Path | None, recogniser: bool | Path, names: Iterable[Entity]
    ) -> None:
        self._arguments = (rules, recogniser, tuple(names))
        self.version = version(*self._arguments)

    @cached_property
    def annotator(self) -> Annotator:
        """The annotator."""
        from kg.extract.annotator import Annotator

        return Annotator(*self._arguments)

    def entity(self, kind: str, id: str) -> Entity | None:
        """Return the catalogue's entity, or None."""
        return self.annotator.rulebook.catalogue.entity(kind, id)


class _Ahead:
    """Records of the next portion, which can be read little by little while workers annotate this one."""

    def __init__(self, records: Iterator[Paper]) -> None:
        self._records = records
        self._held: list[Paper] = []

    def read(self, count: int = 2 * BATCH) -> None:
        """Read some records, as far as they are of the next portion."""
        self._held += islice(self._records, min(count, PORTION - len(self._held)))

    def more(self) -> bool:
        """Return whether another portion follows."""
        if not self._held:
            self.read(1)
        return bool(self._held)

    def portion(self) -> list[Paper]:
        """Return the next portion, which begins what is read from here on."""
        self.read(PORTION)
        held, self._held = self._held, []
        return held


class _Run:
    """One build, portion by portion."""

    def __init__(
        self,
        store: Store,
        annotating: _Annotating,
        workers: int,
        on_problem: Report,
        on_progress: Progress | None,
    ) -> None:
        self.store = store
        self._workers = workers
        self._tell = on_problem
        self._on_progress = on_progress
        self.meanwhile: Callable[[], None] = lambda: None
        self.annotate_with(annotating)
        self._untitled: list[Paper] = []
        self._read: set[str] = set()
        self._added: set[str] = set()
        self._updated: set[str] = set()
        self._listings = self._refreshed = self._done = self._total = 0

    def annotate_with(self, annotating: _Annotating) -> None:
        """Annotate with other names from here on."""
        self._annotating = annotating
        self._version = annotating.version
        self._writer = Writer(self.store, annotating.entity)

    def take(self, records: Iterable[Paper], *, last: bool) -> None:
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
        remarks = [*namesakes(j.paper for j in listed), *contradictions(gathering.conflicts)]
        for problem in remarks + (list(map(untitled, self._untitled)) if last else []):
            self._tell(problem)

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
        """Leave the graph as it should be found; also where the build before was killed on the way."""
        meta = self.store.db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        if self._done or not meta:
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
        if not waiting:
            return
        # It comes back when the graph is whole again (see `close`).
        self.store.db.execute("DELETE FROM meta WHERE name = 'version'")
        papers = (joined.paper for joined, _ in waiting)
        made = extract(self._annotating.annotator, papers, rows, self._workers)
        for batch in _batches(zip(made, waiting, strict=True)):
            self._writer.write((found, mark, j.replaces) for found, (j, mark) in batch)
            self._done += len(batch)
            self.meanwhile()
            if self._on_progress:
                self._on_progress(self._done, self._total)


def _batches(items: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(items, BATCH)):
        yield batch
