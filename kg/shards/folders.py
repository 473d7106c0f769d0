"""A folder that `kg annotate --to` has filled, and the graph that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import InputError, Problem
from kg.graph.faults import in_plain_words, one_build_at_a_time
from kg.graph.store import Store
from kg.model import BuildReport
from kg.rulebook.book import load as load_rules
from kg.shards import ANNOTATIONS, REPORTS, tables
from kg.shards.loading import Loader, Versioned
from kg.shards.places import Folder

_AGAIN = "run the same kg annotate --to again"


def build(
    paths: list[str],
    to: Path | None,
    rules: Path | None,
    on_problem: Callable[[Problem], None] | None,
) -> tuple[Store, BuildReport]:
    """Add the annotations in folders to a graph, as they are.

    Args:
        paths: Folders, or URIs of them.
        to: The graph file, made where it is missing; None builds in memory.
        rules: A folder of a user's own rules, for the aliases of what they name.
        on_problem: Called with what is missing, and with each record that could not be used.

    Returns:
        The open store and what was done.

    Raises:
        InputError: A folder holds no annotations, or damaged ones.
        GraphFileError: The graph file cannot be written.
    """
    problems: list[Problem] = []
    with one_build_at_a_time(to), in_plain_words(to):
        store = Store.open(to, write=True)
        loader = Loader(store, load_rules(rules).catalogue)
        loader.load(found for path in paths for found in _annotations(Folder(path), problems))
    problems += loader.problems
    if on_problem:
        for problem in problems:
            on_problem(problem)
    unchanged = len(loader.papers) - len(loader.added) - len(loader.updated)
    return store, BuildReport(
        loader.read,
        len(loader.papers),
        len(loader.added),
        len(loader.updated),
        unchanged,
        store.count("entity"),
        store.count("link"),
        store.count("result"),
        tuple(problems),
    )


def _annotations(folder: Folder, problems: list[Problem]) -> Iterator[Versioned]:
    """Yield what the shards of a folder hold; that one is missing is a problem of its own alone."""
    complete = folder.names(REPORTS, ".json")
    if not complete:
        raise InputError(f"{folder.where} holds no annotations.", "kg annotate PATH --to FOLDER")
    listed = set(folder.names(ANNOTATIONS, ".parquet"))
    cut_off = sorted(listed - set(complete))
    problems += (Problem(k, 0, "the shard is not complete; left out", _AGAIN) for k in cut_off)
    for key in complete:
        report = folder.json(f"{REPORTS}/{key}.json")
        if key not in listed or report is None:
            problems.append(Problem(key, 0, "the shard's annotations are missing", _AGAIN))
            continue
        problems += (Problem(**problem) for problem in report["problems"])
        with folder.open(f"{ANNOTATIONS}/{key}.parquet") as file:
            yield from tables.read(file, f"{folder.where}/{ANNOTATIONS}/{key}.parquet")
