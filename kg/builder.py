"""The one pipeline: read, merge, annotate, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.errors import Problem
from kg.extract.annotator import Annotator
from kg.graph.store import Store, paper_of
from kg.graph.writer import Writer, digest
from kg.model import BuildReport, Paper
from kg.readers import read
from kg.resolve.ids import title_key
from kg.resolve.merge import merge_papers

#: Papers in one transaction: what a killed build can lose at most.
BATCH = 200

Progress = Callable[[int, int], None]
_T = TypeVar("_T")


def build(
    paths: Iterable[str | Path],
    to: Path | None = None,
    *,
    rules: Path | None = None,
    format: str | None = None,
    strict: bool = False,
    on_progress: Progress | None = None,
) -> tuple[Store, BuildReport]:
    """Read papers, annotate those that are new or changed, and add them to a graph.

    Args:
        paths: Files, folders, globs, or "-".
        to: The graph file, made where it is missing; None builds in memory.
        rules: A folder of a user's own rules.
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
    listings, papers = _gather(
        read(*paths, format=format, strict=strict, on_problem=problems.append)
    )
    store = Store.open(to, write=True)
    annotator = Annotator(rules)
    waiting, added, updated = [], 0, 0
    for read_paper in papers:
        known = _stored(store, read_paper)
        paper = reduce(merge_papers, (stored for stored, _ in known), read_paper)
        mark = digest(paper, annotator.version)
        if [m for _, m in known] == [mark]:
            continue
        added, updated = added + (not known), updated + bool(known)
        waiting.append((paper, mark, [p.id for p, _ in known]))
    _write(store, annotator, waiting, on_progress)
    report = BuildReport(
        listings,
        len(papers),
        added,
        updated,
        len(papers) - added - updated,
        store.count("entity"),
        store.count("link"),
        store.count("result"),
        tuple(problems),
    )
    return store, report


def _gather(records: Iterable[Paper]) -> tuple[int, list[Paper]]:
    """Return the number of records and the distinct papers, by id.

    Records are of the same paper when they share a normalised title, a DOI or an arXiv id; a record
    that shares one with two papers shows that these are one.
    """
    group: dict[str, int] = {}
    merged: dict[int, Paper] = {}
    count = 0
    for count, record in enumerate(records, 1):
        number, paper = count, record
        for key in _identity(record):
            other = group.get(key)
            if other is not None and other in merged:
                paper = merge_papers(merged.pop(other), paper)
                number = min(number, other)
        merged[number] = paper
        for key in _identity(paper):
            group[key] = number
    return count, sorted(merged.values(), key=lambda paper: paper.id)


def _identity(paper: Paper) -> list[str]:
    keys = [f"title {title_key(paper.title)}"]
    keys += [f"doi {paper.doi}"] if paper.doi else []
    keys += [f"arxiv {paper.arxiv_id}"] if paper.arxiv_id else []
    return keys


def _stored(store: Store, paper: Paper) -> list[tuple[Paper, str]]:
    rows = store.db.execute(
        "SELECT record, digest FROM paper WHERE id = ? OR title_key = ? OR doi = ? OR arxiv_id = ?"
        " ORDER BY id",
        (paper.id, title_key(paper.title), paper.doi, paper.arxiv_id),
    )
    return [(paper_of(record), mark) for record, mark in rows]


def _write(
    store: Store,
    annotator: Annotator,
    waiting: list[tuple[Paper, str, list[str]]],
    on_progress: Progress | None,
) -> None:
    writer = Writer(store, annotator.catalogue_aliases)
    annotations = annotator.annotate(paper for paper, _, _ in waiting)
    marked = zip(annotations, (mark for _, mark, _ in waiting), strict=True)
    done = 0
    for old in (old for _, _, ids in waiting for old in ids):
        store.db.execute("DELETE FROM paper WHERE id = ?", (old,))
    for batch in _batches(marked):
        writer.write(batch)
        done += len(batch)
        if on_progress:
            on_progress(done, len(waiting))
    if waiting:
        writer.prune()
        store.db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (annotator.version,))


def _batches(items: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(items, BATCH)):
        yield batch
