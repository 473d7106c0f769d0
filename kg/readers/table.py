"""CSV and TSV with the usual column names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from kg.errors import Problem
from kg.model import Paper
from kg.readers.fields import NAMES, paper
from kg.readers.source import Source

# An abstract fits; a runaway quote that swallows a file does not.
csv.field_size_limit(1 << 24)


def is_header(line: str, delimiter: str) -> bool:
    """Return whether a first line names columns, the title among them."""
    cells = [re.sub(r"[\s_\-\"']", "", cell) for cell in line.lower().split(delimiter)]
    known = {name for names in NAMES.values() for name in names}
    return bool(set(cells) & set(NAMES["title"])) and len(known & set(cells)) > 1


def read_csv(source: Source) -> Iterator[Paper | Problem]:
    """Yield the paper of each row."""
    return _read(source, ",")


def read_tsv(source: Source) -> Iterator[Paper | Problem]:
    """Yield the paper of each row."""
    return _read(source, "\t")


def _read(source: Source, delimiter: str) -> Iterator[Paper | Problem]:
    rows = csv.DictReader((line + "\n" for line in source.lines), delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(source.name, rows.line_num, f"not a row: {error}", "check the quotes")
            continue
        extra = row.pop(None, None)
        if extra:
            columns = len(rows.fieldnames or ())
            yield Problem(
                source.name,
                rows.line_num,
                f"{columns + len(extra)} cells in a row of {columns} columns",
                "quote cells that hold the delimiter",
            )
            continue
        yield paper(row, source.name, rows.line_num)
