"""All shards of a job: found, handed to an engine, tried again where they fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError, Problem
from kg.shards import on_ray
from kg.shards.places import Folder, Shard, find
from kg.shards.work import Done, Job, Work

#: How often a shard is tried, and seconds between one time and the next.
ATTEMPTS, PAUSE = 3, 1.0


def _here(job: Job, shards: Sequence[Shard], workers: int, version: str) -> Iterator[Done]:
    """Annotate shards one after another, the papers of each with so many processes."""
    yield from map(Work(job, workers, version), shards)


Engine = Callable[[Job, Sequence[Shard], int, str], Iterator[Done]]

#: What annotates shards, by name: given a job, the shards, the number of processes and the version.
ENGINES: dict[str, Engine] = {"local": _here, "ray": on_ray.run}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of a job.

    Attributes:
        files: Files that are annotated now.
        papers: Records in them.
        failed: Files that could not be.
    """

    files: int
    papers: int
    failed: int


def run(
    paths: Sequence[str | Path],
    job: Job,
    *,
    engine: str = "local",
    workers: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Outcome:
    """Annotate every file that paths name, each into files of its own.

    A shard that is annotated already, by the same rules and weights, is left as it is.

    Args:
        paths: Files, folders, globs, or URIs of files and folders.
        job: What is wanted of each.
        engine: A name in `ENGINES`.
        workers: Processes that annotate; the outcome does not depend on their number.
        on_progress: Called with shards done and shards in all.
        on_problem: Called with each record, or shard, that could not be used.

    Raises:
        InputError: A path names nothing.
        KgError: There is no such engine, it is not installed, or nothing can be written.
    """
    if engine not in ENGINES:
        raise KgError(f"There is no engine {engine!r}.", f"Known: {', '.join(ENGINES)}")
    waiting = find([str(path) for path in paths])
    version = Work(job).version  # what is wrong with the rules is told before anything is begun
    done, papers, failed, total = 0, 0, list[Done](), len(waiting)
    for attempt in range(ATTEMPTS):
        time.sleep(PAUSE if attempt else 0)
        failed = []
        for outcome in ENGINES[engine](job, waiting, workers, version):
            if outcome.failure:
                failed.append(outcome)
                continue
            done, papers = done + 1, papers + outcome.papers
            _tell(outcome.problems, on_problem)
            if on_progress:
                on_progress(done, total)
        if not (waiting := sorted((bad.shard for bad in failed), key=lambda s: s.name)):
            break
    Folder(job.to).tidy()
    _tell(map(_lost, sorted(failed, key=lambda bad: bad.shard.name)), on_problem)
    return Outcome(done, papers, len(failed))


def _lost(bad: Done) -> Problem:
    message = f"not annotated: {bad.failure}"
    return Problem(bad.shard.name, 0, message, "mend that and run the same command again")


def _tell(problems: Iterable[Problem], tell: Callable[[Problem], None] | None) -> None:
    if tell:
        for problem in problems:
            tell(problem)
