"""JSON Lines, and a JSON array or object of papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.errors import Problem
from kg.model import Paper
from kg.readers.fields import paper
from kg.readers.source import Source


def read(source: Source) -> Iterator[Paper | Problem]:
    """Yield the paper of each line; a line that is no JSON object is a problem of its own."""
    for number, line in enumerate(source.lines, 1):
        if line.strip():
            yield _record(line, source.name, number)


def read_json(source: Source) -> Iterator[Paper | Problem]:
    """Yield the papers of an array, or of the first array inside an object."""
    try:
        data = json.loads("\n".join(source.lines))
    except (ValueError, RecursionError) as error:
        yield Problem(
            source.name, getattr(error, "lineno", 0), f"not JSON: {error}", "check the brackets"
        )
        return
    if isinstance(data, dict):
        data = next((v for v in data.values() if isinstance(v, list)), [data])
    for number, record in enumerate(data, 1):
        yield _paper(record, source.name, number)


def _record(line: str, name: str, number: int) -> Paper | Problem:
    try:
        return _paper(json.loads(line), name, number)
    except (ValueError, RecursionError) as error:
        return Problem(name, number, f"not JSON: {error}", "each line holds one JSON object")


def _paper(record: Any, name: str, number: int) -> Paper | Problem:
    if not isinstance(record, dict):
        return Problem(name, number, "not a JSON object", 'a record looks like {"title": …}')
    return paper(record, name, number)
