"""One shard: read, annotated, written. The same here as on any machine of a cluster."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from kg.errors import InputError, KgError, Problem
from kg.extract.annotator import Annotator
from kg.extract.parallel import extract
from kg.graph.store import Store
from kg.model import Paper
from kg.rdf.statements import lines
from kg.readers.entry import Item
from kg.readers.reading import read_source
from kg.readers.source import from_stream, undamaged
from kg.shards import ANNOTATIONS, REPORTS, TRIPLES, is_uri, tables
from kg.shards.loading import Loader
from kg.shards.places import Folder, Shard, opened, stamp


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of every shard; all of it can be sent to other machines.

    Attributes:
        to: The folder of the outcome.
        rules: A folder of a user's own rules, or None.
        recogniser: As for `Annotator`.
        format: Input format; None recognises it.
    """

    to: str
    rules: Path | None = None
    recogniser: bool | Path = True
    format: str | None = None

    def absolute(self) -> Job:
        """Return the job with paths that mean the same in every process."""
        to = self.to if is_uri(self.to) else str(Path(self.to).absolute())
        learned = self.recogniser
        weights = learned.absolute() if isinstance(learned, Path) else learned
        return replace(self, to=to, rules=self.rules and self.rules.absolute(), recogniser=weights)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a shard.

    Attributes:
        shard: The shard.
        papers: Records that were annotated.
        problems: What could not be used of it.
        failure: Why it could not be annotated at all; "" where it was.
    """

    shard: Shard
    papers: int = 0
    problems: tuple[Problem, ...] = ()
    failure: str = ""


class Work:
    """What annotates shards; made once in each process that does.

    Args:
        job: What is wanted.
        workers: Processes that annotate the papers of a shard.
        version: What the annotator must be, where another machine has set out with it.

    Raises:
        KgError: The rules hold mistakes, or this machine has others.
    """

    def __init__(self, job: Job, workers: int = 1, version: str | None = None) -> None:
        self._job = job
        self._workers = workers
        self._annotator = Annotator(job.rules, job.recogniser)
        self._folder = Folder(job.to)
        self.version = self._annotator.version
        if version not in (None, self.version):
            raise KgError(
                f"A machine of the cluster has {self.version}, not {version}.",
                "Install the same paperkg, with the same rules, on all of them.",
            )

    def __call__(self, shard: Shard) -> Done:
        """Annotate a shard, unless that is done; what fails is told, so that it can be tried again."""
        try:
            return self._done(shard) or self._annotate(shard)
        except Exception as error:
            return Done(shard, failure=str(error) or type(error).__name__)

    def _done(self, shard: Shard) -> Done | None:
        report = self._folder.json(f"{REPORTS}/{shard.key}.json")
        if report is None:
            return None
        if report["where"] != shard.where:
            raise KgError(
                f"{self._job.to} holds a shard {shard.name} already, from {report['where']}.",
                "Write to another folder.",
            )
        if (report["version"], report["stamp"]) != (self.version, stamp(shard.where)):
            return None
        problems = (Problem(**problem) for problem in report["problems"])
        return Done(shard, report["papers"], tuple(problems))

    def _annotate(self, shard: Shard) -> Done:
        mark, problems = stamp(shard.where), list[Problem]()
        papers = _papers(_items(shard, self._job.format), problems.append)
        with tempfile.TemporaryDirectory() as place:
            table, triples = Path(place) / "table.parquet", Path(place) / "triples.nt"
            rows = extract(self._annotator, papers, tables.to_row, self._workers)
            count = tables.write(table, rows, self.version)
            with triples.open("w", encoding="utf-8", newline="\n") as out:
                self._write_triples(table, out)
            self._folder.put(f"{ANNOTATIONS}/{shard.key}.parquet", table)
            self._folder.put(f"{TRIPLES}/{shard.key}.nt", triples)
        told = [asdict(problem) for problem in problems]
        report: dict[str, Any] = {"name": shard.name, "where": shard.where, "stamp": mark}
        report |= {"version": self.version, "papers": count, "problems": told}
        self._folder.put_json(f"{REPORTS}/{shard.key}.json", report)
        return Done(shard, count, tuple(problems))

    def _write_triples(self, table: Path, out: TextIO) -> None:
        """Write the statements of the shard's graph; no description, since it is a part of one."""
        # Not in memory: a shard may be large.
        with Store.open(table.with_suffix(".kg"), write=True) as store:
            Loader(store, self._annotator.rulebook.catalogue).load(tables.read(table, table.name))
            out.writelines(lines(store, described=False))


def _papers(items: Iterator[Item], tell: Callable[[Problem], None]) -> Iterator[Paper]:
    for item in items:
        if isinstance(item, Paper):
            yield item
        elif isinstance(item, Problem):
            tell(item)


def _items(shard: Shard, format: str | None) -> Iterator[Item]:
    """Yield what a shard holds; that it is damaged is a problem, that it cannot be reached a failure."""
    broken = partial(Problem, shard.name, 0)
    try:
        with opened(shard.where) as raw, undamaged(shard.name):
            yield from read_source(from_stream(raw, None, shard.name), format)
    except InputError as error:
        yield broken(error.message, error.hint)
