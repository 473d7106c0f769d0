"""The door to reading: finds the files, recognises their format, and passes their papers on."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError, Problem, UnknownFormat
from kg.model import Entity, Paper
from kg.readers import archive
from kg.readers.entry import Item
from kg.readers.formats import NAMING, READERS, recognise
from kg.readers.source import Source, open_source, shown

Report = Callable[[Problem], None]

_GRAPH = re.compile(r"\.kg(?:-wal|-shm|-journal|\.lock)?$")


def read(
    *paths: str | Path,
    format: str | None = None,
    strict: bool = False,
    on_problem: Report | None = None,
    on_name: Callable[[Entity], None] | None = None,
) -> Iterator[Paper]:
    """Yield the papers of files, folders, zip archives and globs; `-` is standard input.

    Every record comes as it stands in its file, repeats included, with the file's name in `sources`.
    The files of a folder are read in the order of their names. What cannot be read costs itself alone.

    Args:
        paths: What to read.
        format: A name in `READERS`; None recognises the format of each file from its content.
        strict: Whether to stop at the first record that cannot be used as it is.
        on_problem: Called with every such record, and with notes.
        on_name: Called with every dataset or method that an input names for the catalogue.

    Raises:
        InputError: A path does not exist or, with `strict`, holds a bad record.
        UnknownFormat: There is no reader of that name.
    """
    if format is not None and format not in READERS:
        raise UnknownFormat(
            f"There is no input format {format!r}.", f"Known formats: {', '.join(sorted(READERS))}"
        )
    for path, name in files(paths):
        for item in _items(path, name, format):
            if isinstance(item, Paper):
                yield item
            elif isinstance(item, Entity):
                if on_name:
                    on_name(item)
            else:
                if on_problem:
                    on_problem(item)
                if strict and item.level != "note":
                    raise InputError(str(item))


def named(*paths: str | Path, format: str | None = None) -> list[Entity]:
    """Return the datasets and methods that inputs name for the catalogue, repeats included.

    Only files of formats that can name any are read, so that all names are known before the first
    paper is annotated. Standard input cannot be read twice; nothing is taken from it here.

    Raises:
        InputError: A path does not exist.
    """
    return [
        item
        for path, name in files(paths)
        if path
        for item in _items(path, name, format, only=NAMING)
        if isinstance(item, Entity)
    ]


def _items(
    path: Path | None, name: str, format: str | None, only: Container[str] = READERS
) -> Iterator[Item]:
    """Yield what a file holds; that it cannot be read, or holds nothing, is a problem like others."""
    try:
        sources = archive.members(path, name) if path and archive.is_zip(path) else None
        for opened in sources or [open_source(path, name)]:
            yield from _of_file(opened, name, format, only)
    except (InputError, OSError) as error:
        yield _unread(name, error)


def _of_file(
    opened: AbstractContextManager[Source], name: str, format: str | None, only: Container[str]
) -> Iterator[Item]:
    try:
        with opened as source:
            name = source.name
            if (chosen := format or recognise(source)) in only:
                yield from read_source(source, chosen)
    except (InputError, OSError) as error:
        yield _unread(name, error)


def read_source(source: Source, format: str | None) -> Iterator[Item]:
    """Yield what an open source holds; None recognises its format."""
    found = False
    for item in READERS[format or recognise(source)].read(source):
        while source.problems:
            yield source.problems.pop(0)
        found = True
        yield replace(item, sources=(source.name,)) if isinstance(item, Paper) else item
    if not found and not source.problems:
        what = "holds no paper" if source.head.strip() else "is empty"
        yield Problem(source.name, 0, f"the file {what}", "leave it out", "warning")
    yield from source.problems


def _unread(name: str, error: InputError | OSError) -> Problem:
    if isinstance(error, InputError):
        # A member of an archive says itself which it is.
        place, _, what = error.message.partition(" is ")
        if what and place.startswith(name):
            return Problem(place, 0, f"is {what}", error.hint)
        return Problem(name, 0, error.message, error.hint)
    return Problem(name, 0, f"cannot be read: {error.strerror or error}", "check its rights")


def files(paths: Iterable[str | Path]) -> Iterator[tuple[Path | None, str]]:
    """Yield the files that paths name, each with what it is called; None is standard input.

    Raises:
        InputError: A path does not exist, or is a folder without files.
    """
    for path in paths:
        if str(path) == "-":
            yield None, "-"
            continue
        place = Path(path)
        if place.is_dir():
            inside = sorted(p for p in place.rglob("*") if p.is_file() and not _hidden(p, place))
            if not inside:
                raise InputError(
                    f"The folder {place} holds no files.", "Name a folder with papers in it."
                )
            for file in inside:
                yield file, shown(file.relative_to(place).as_posix())
        elif place.exists():
            yield place, shown(place.name)
        else:
            yield from _globbed(str(path))


def _globbed(pattern: str) -> Iterator[tuple[Path | None, str]]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - absolute globs
    if not matches:
        raise InputError(
            f"There is no file or folder {shown(pattern)}.", "Check the path; quote a glob."
        )
    yield from files(matches)


def _hidden(file: Path, root: Path) -> bool:
    """Return whether a file is none of the user's papers: hidden, or a graph file of ours."""
    parts = file.relative_to(root).parts
    return any(part.startswith(".") for part in parts) or _GRAPH.search(file.name) is not None
