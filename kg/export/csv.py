"""A folder with nodes.csv and edges.csv, as `neo4j-admin database import` reads them.

Line breaks become spaces, since the importer reads a record a line by default. Text that a spreadsheet
would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kg.export.property_graph import edges, nodes
from kg.graph.store import Store

#: Properties of nodes with their types; arrays are joined with semicolons.
NODE_COLUMNS = {
    "aliases": "string[]",
    "year": "int",
    "date": "string",
    "venue": "string",
    "doi": "string",
    "arxivId": "string",
    "url": "string",
    "abstract": "string",
    "authors": "string[]",
    "code": "string[]",
    "sources": "string[]",
    "value": "string",
    "unit": "string",
    "relative": "boolean",
    "evidence": "string",
    "rule": "string",
}

#: Properties of edges with their types.
EDGE_COLUMNS = {
    "evidence": "string",
    "rule": "string",
    "field": "string",
    "start": "int",
    "end": "int",
}
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?$")


def write(store: Store, path: Path, **_: object) -> None:
    """Write nodes.csv and edges.csv into a folder that exists."""
    head = ["id:ID", ":LABEL", "name", *_heads(NODE_COLUMNS)]
    rows: Iterable[list[str]] = (
        [n.id, n.kind, _cell(n.name), *_cells(NODE_COLUMNS, n.properties)] for n in nodes(store)
    )
    _table(path / "nodes.csv", head, rows)
    head = [":START_ID", ":END_ID", ":TYPE", *_heads(EDGE_COLUMNS)]
    rows = (
        [e.source, e.target, e.type.upper(), *_cells(EDGE_COLUMNS, e.properties)]
        for e in edges(store)
    )
    _table(path / "edges.csv", head, rows)


def _table(path: Path, head: list[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="", errors="replace") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _heads(columns: dict[str, str]) -> list[str]:
    return [name if type == "string" else f"{name}:{type}" for name, type in columns.items()]


def _cells(columns: dict[str, str], properties: dict[str, Any]) -> list[str]:
    return [
        _MAKERS[type](properties[name]) if name in properties else ""
        for name, type in columns.items()
    ]


def _cell(text: str) -> str:
    r"""Return text on one line that no spreadsheet runs.

    Example:
        >>> _cell("=SUM(A1)"), _cell("-3.5"), _cell("two\nlines")
        ("'=SUM(A1)", '-3.5', 'two lines')
    """
    if _FORMULA.match(text) and not _NUMBER.match(text):
        text = f"'{text}"
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text)


def _array(items: list[str]) -> str:
    return ";".join(_cell(item.replace(";", ",")) for item in items)


_MAKERS: dict[str, Callable[[Any], str]] = {
    "string": _cell,
    "string[]": _array,
    "int": str,
    "boolean": lambda value: "true" if value else "false",
}
