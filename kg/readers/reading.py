"""The door to reading: finds the files, recognises their format, and passes their papers on."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError, Problem, UnknownFormat
from kg.model import Paper
from kg.readers import jsonl, pages, table
from kg.readers.source import Source, open_source, suffixes

Report = Callable[[Problem], None]
Reader = Callable[[Source], Iterator[Paper | Problem]]

#: Formats by name. A reader yields papers and, where a record cannot be used, problems.
READERS: dict[str, Reader] = {
    "jsonl": jsonl.read,
    "json": jsonl.read_json,
    "csv": table.read_csv,
    "tsv": table.read_tsv,
    "pages": pages.read,
}


def read(
    *paths: str | Path,
    format: str | None = None,
    strict: bool = False,
    on_problem: Report | None = None,
) -> Iterator[Paper]:
    """Yield the papers of files, folders and globs; `-` is standard input.

    Every record comes as it stands in its file, repeats included, with the file's name in `sources`.
    The files of a folder are read in the order of their names.

    Args:
        paths: What to read.
        format: A name in `READERS`; None recognises the format of each file from its content.
        strict: Whether to stop at the first record that cannot be used.
        on_problem: Called with every such record otherwise.

    Raises:
        InputError: A path does not exist, cannot be read, or, with `strict`, holds a bad record.
        UnknownFormat: There is no reader of that name.
    """
    if format is not None and format not in READERS:
        raise UnknownFormat(
            f"There is no input format {format!r}.", f"Known formats: {', '.join(sorted(READERS))}"
        )
    for path, name in _files(paths):
        with open_source(path, name) as source:
            for item in READERS[format or recognise(source)](source):
                if isinstance(item, Paper):
                    yield replace(item, sources=(name,))
                elif strict:
                    raise InputError(str(item))
                elif on_problem:
                    on_problem(item)


def recognise(source: Source) -> str:
    """Return the format of a source, judged by its first characters and then by its suffix."""
    head = source.head.lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        first = head.split("\n", 1)[0].rstrip()
        return "jsonl" if first.endswith("}") or '"papers"' not in head[:400] else "json"
    if head.startswith("["):
        return "json"
    first = head.split("\n", 1)[0].lower()
    if table.is_header(first, "\t"):
        return "tsv"
    if table.is_header(first, ","):
        return "csv"
    by_suffix = {
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "json",
        ".csv": "csv",
        ".tsv": "tsv",
    }
    return by_suffix.get(suffixes(source.path), "pages")


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path | None, str]]:
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
                yield file, file.relative_to(place).as_posix()
        elif place.exists():
            yield place, place.name
        else:
            matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - absolute globs
            if not matches:
                raise InputError(
                    f"There is no file or folder {path}.", "Check the path; quote a glob."
                )
            yield from _files(matches)


def _hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
