"""CSV and TSV with the usual column names, as spreadsheets and databases export them."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from kg.readers.entry import Item, Place
from kg.readers.fields import field_of, read_record
from kg.readers.source import Source

csv.field_size_limit(1 << 25)
_LONGEST_ROW = 300


def looks_like(delimiter: str) -> Callable[[str], bool]:
    """Return whether the first line of a text names columns, the title among them."""

    def recognises(head: str) -> bool:
        first = next((line for line in head.splitlines() if line.strip()), "")
        cells = [field_of(cell.strip("\"' ")) for cell in first.split(delimiter)]
        return "title" in cells and len({cell for cell in cells if cell}) > 1

    return recognises


def reader(*delimiters: str) -> Callable[[Source], Iterator[Item]]:
    """Return a reader of tables; of several delimiters the one that the first line has most often."""

    def read(source: Source) -> Iterator[Item]:
        first = source.head.split("\n", 1)[0]
        return _read(source, max(delimiters, key=first.count))

    return read


def _read(source: Source, delimiter: str) -> Iterator[Item]:
    columns: list[str] = []
    for number, text in _rows(source, delimiter):
        at = Place(source.name, number)
        try:
            row = next(csv.reader([text], delimiter=delimiter, strict=False), [])
        except csv.Error as error:
            yield at.problem(f"not a row: {str(error).partition(' - ')[0]}", "check the quotes")
            continue
        if _open(text, delimiter):
            yield at.problem("a quote that is never closed", "double quotes inside a cell")
        elif not any(cell.strip() for cell in row):
            continue
        elif not columns:
            columns = row
            if "title" not in map(field_of, columns):
                yield at.problem("no column is named title", "name the columns in the first line")
                return
        elif len(row) > len(columns) and any(row[len(columns) :]):
            message = f"{len(row)} cells in a row of {len(columns)} columns"
            yield at.problem(message, "quote cells that hold the delimiter")
        else:
            yield from read_record(dict(zip(columns, row, strict=False)), at)


def _rows(source: Source, delimiter: str) -> Iterator[tuple[int, str]]:
    """Yield each row with the number of its first line.

    A row goes on while a quote is open; where none closes it in many lines, its first line stands
    alone, so that a forgotten quote costs one row and not the rest of the file.
    """
    lines = enumerate((line.replace("\x00", " ") for line in source.lines), 1)
    waiting: deque[tuple[int, str]] = deque()
    while waiting or (waiting := deque(islice(lines, 1))):
        number, text = waiting.popleft()
        taken, inside = 0, _open(text, delimiter)
        while inside and taken < _LONGEST_ROW:
            if taken == len(waiting):
                waiting.extend(islice(lines, 1))
            if taken == len(waiting):
                break
            inside = _open(waiting[taken][1], delimiter, inside)
            taken += 1
        if not inside:
            text = "\n".join([text, *(waiting.popleft()[1] for _ in range(taken))])
        yield number, text


def _open(text: str, delimiter: str, inside: bool = False) -> bool:
    """Return whether a quoted cell is open at the end of a line; `inside`, whether one was before it.

    A quote in the middle of a cell that none opens is but a character.

    Example:
        >>> _open('On "Bread,Crust', ","), _open('On Tea,"Leaves', ","), _open('"5"" loaf",x', ",")
        (False, True, False)
    """
    place = 0
    while True:
        if not inside and text.startswith('"', place):
            inside, place = True, place + 1
        while inside:
            place = text.find('"', place)
            if place < 0:
                return True
            inside = text.startswith('"', place + 1)
            place += 1 + inside
        place = text.find(delimiter, place) + 1
        if not place:
            return False
