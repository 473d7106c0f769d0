"""JSON in every frame: one object a line, an array, objects one after another, or a list inside an object.

A frame is told from the first characters. Only one record is in memory at a time, and one that is
broken costs itself alone: reading goes on where the next one begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kg.errors import Problem
from kg.readers.entry import Item, Place
from kg.readers.source import LONGEST_LINE, Source

Record = Mapping[str, Any]
ReadRecord = Callable[[Record, Place], Iterator[Item]]

#: Keys under which answers of programming interfaces hold their list of papers.
CONTAINERS = ("results", "data", "papers", "items", "works", "entries", "records")

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]')
_SPACE = re.compile(r"[\s,\ufeff]*")
_NEXT = re.compile(r"(?<=[}\]])\s{0,99},?\s{0,99}(?=\{\s{0,99}\")|\n[ \t]{0,99}(?=\{)")
_decode = json.JSONDecoder().raw_decode


def reader(read_record: ReadRecord) -> Callable[[Source], Iterator[Item]]:
    """Return a reader of files whose records `read_record` understands."""

    def read(source: Source) -> Iterator[Item]:
        for line, record in records(source):
            at = Place(source.name, line)
            if isinstance(record, Problem):
                yield record
            elif isinstance(record, dict):
                yield from read_record(record, at)
            else:
                yield at.problem("not a JSON object", 'a record looks like {"title": …}')

    return read


def first_keys(head: str) -> dict[str, str]:
    """Return the keys of the first record, each with the first character of its value.

    Args:
        head: The first characters; the record may go on behind them.
    """
    start = _inside(head)
    keys: dict[str, str] = {}
    depth, key, last = 0, "", ""
    for match in _TOKEN.finditer(head, start):
        mark = match[0]
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
            if depth <= 0:
                break
        elif mark == ":" and depth == 1 and last.startswith('"'):
            key = last[1:-1]
            keys[key] = head[match.end() : match.end() + 20].lstrip()[:1]
        last = mark
    return keys


def is_json(head: str) -> bool:
    """Return whether a text begins like JSON objects."""
    return re.match(r"\s*(?:\[\s*)?(?:\{\s*(?:\"|\}|$)|\[\s*\])|\s*\[\s*$", head) is not None


def records(source: Source) -> Iterator[tuple[int, Any]]:
    """Yield line and value of each record; for one that is broken, a problem."""
    if goes_by_lines(source.head):
        for number, text in enumerate(source.lines, 1):
            if text.strip():
                yield number, _of_line(text, Place(source.name, number))
        return
    yield from _Stream(source).records()


def goes_by_lines(head: str) -> bool:
    """Return whether each line holds an object of its own."""
    if not head.lstrip().startswith("{") or _container(head):
        return False
    lines = [
        text for text in head.split("\n")[: None if head.endswith("\n") else -1] if text.strip()
    ]
    if not lines or any(text.startswith(('{"', "{ ")) for text in lines[1:]):
        return True
    return not isinstance(_of_line(lines[0], Place("", 1)), Problem)


def _of_line(text: str, at: Place) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        return at.problem("not JSON: nested too deeply", "each line holds one JSON object")
    except ValueError as error:
        place = f" at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return at.problem(f"not JSON: {_why(error)}{place}", "each line holds one JSON object")


def _why(error: ValueError) -> str:
    return error.msg.removesuffix(" at") if isinstance(error, json.JSONDecodeError) else str(error)


def _inside(head: str) -> int:
    """Return where the first record begins: inside the array, or the list inside an object."""
    if place := _container(head):
        return place
    start = len(head) - len(head.lstrip())
    return start + head.startswith("[", start)


def _container(head: str) -> int:
    """Return the place behind the bracket of the list of papers in an object, or 0."""
    depth, last, key = 0, "", ""
    for match in _TOKEN.finditer(head):
        mark = match[0]
        if depth == 0 and mark != "{":
            return 0
        if mark == "[" and depth == 1 and last == ":" and key in CONTAINERS:
            return match.end()
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
            if depth == 0:
                return 0
        elif mark == ":" and depth == 1:
            key = last[1:-1]
            if key in ("title", "abstract"):
                return 0
        last = mark
    return 0


class _Stream:
    """Values one after another in a text that is read in pieces."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._chunks = source.chunks
        self._keys = set(first_keys(source.head))
        start = _inside(source.head)
        self._listed = source.head[:start].endswith("[")
        self._buffer, self._at, self._line = "", 0, 1
        self._more(start + 1)
        self._skip(start)

    def records(self) -> Iterator[tuple[int, Any]]:
        """Yield line and value of each."""
        while True:
            while (space := _SPACE.match(self._buffer, self._at)) and self._skip(space.end()):
                if not self._more(1):
                    if self._listed:
                        at = Place(self._name, self._line)
                        hint = "it may be cut off; fetch it again"
                        yield self._line, at.problem("the list has no end", hint, "warning")
                    return
            if self._buffer[self._at] == "]":
                return
            line = self._line
            yield line, self._value(Place(self._name, line))

    def _value(self, at: Place) -> Any:
        """Return the next value; where there is none, a problem, and go to the next record."""
        wanted = 1 << 16
        while True:
            try:
                value, end = _decode(self._buffer, self._at)
            except RecursionError:
                problem = at.problem("not JSON: nested too deeply", "flatten it, or leave it out")
                break
            except ValueError as error:
                problem = at.problem(f"not JSON: {_why(error)}", "check quotes and brackets")
                wanted = max(wanted, 2 * (len(self._buffer) - self._at))
                if not self._cut_off(error) or wanted > 2 * LONGEST_LINE or not self._more(wanted):
                    break
            else:
                # A number at the very end of the buffer may go on behind it.
                if end < len(self._buffer) or not self._more(1):
                    self._skip(end)
                    return value
        self._skip(self._following())
        return problem

    def _cut_off(self, error: ValueError) -> bool:
        """Return whether more text may mend an error."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated") or error.pos > len(self._buffer) - 16

    def _following(self) -> int:
        """Return the place of the next record; what looks like the inside of one is passed over."""
        for match in _NEXT.finditer(self._buffer, self._at + 1):
            keys = set(first_keys(self._buffer[match.end() : match.end() + 4096]))
            if len(keys & self._keys) >= len(self._keys) / 2 > 0:
                return match.end()
        return len(self._buffer)

    def _more(self, wanted: int) -> bool:
        """Hold as many characters ahead as wanted; return whether any came."""
        parts: list[str] = []
        missing = wanted - (len(self._buffer) - self._at)
        while missing > 0 and (chunk := next(self._chunks, "")):
            parts.append(chunk)
            missing -= len(chunk)
        if parts:
            self._buffer = "".join([self._buffer[self._at :], *parts])
            self._at = 0
        return bool(parts)

    def _skip(self, place: int) -> bool:
        """Go on to a place; return whether that is the end of what is held."""
        self._line += self._buffer.count("\n", self._at, place)
        self._at = place
        return place >= len(self._buffer)
