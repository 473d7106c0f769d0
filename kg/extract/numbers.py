"""Numbers that can be figures: with a unit of measurement, or at least with nothing against it.

One pattern finds them; every repeat in it is bounded, so it cannot backtrack far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?<![\w.\-/^])(?P<sign>[+\-]|±)?\s?"
    r"(?P<value>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,6})?)"
    r"(?:\s?%?\s?(?P<dash>-|~|--)\s?(?P<upper>\d{1,9}(?:\.\d{1,6})?)(?!\w*-))?"
    r"(?:\s?(?:±|\+/-|\+-)\s?\d{1,6}(?:\.\d{1,6})?)?"
    r"\s?-?(?P<unit>%p?|percent(?:age)?(?:\s(?:points?|units?))?|pp\b|p\.p\.|points?\b|pts?\b|[xX](?![\w\-])|times|[- ]?folds?\b"
    r"|dB\b|ms\b|μs\b|mus\b|seconds?\b|minutes?\b|hours?\b|fps\b|FPS\b|Hz\b|kHz\b|MB\b|GB\b|KB\b|mJ\b|pJ\b|nJ\b|μJ\b|mW\b|W\b"
    r"|bits/min\b|bpp\b|[GMT]?FLOPS?\b|[GMT]?FLOPs\b|[MBK]\b|million\b|billion\b|thousand\b|mm\b|cm\b|degrees?\b)?",
)
_DIGIT = re.compile(r"\d")
_WORD_NUMBER = re.compile(
    r"\b(?P<value>twice|two|three|four|five|six|seven|eight|nine|ten|tenfold|twofold|threefold)\b(?:\s(?P<unit>times|-fold|fold)\b)?",
    re.I,
)
_NO_FIGURE = re.compile(
    r"^\s?(?:confidence|significance|of the (?:time|paper|work)|years?\b|layers?\b|classes\b|bits?\b|th\b|-?d\b|-?D\b)",
    re.I,
)
#: "1-Wasserstein distance", "3-cycle map": a number that is part of a word.
_PART = re.compile(r"-(?!fold|times|point|percent)[A-Za-z]")
_UNITS = {
    "percent": "%",
    "percentage": "%",
    "times": "x",
    "X": "x",
    "fold": "x",
    "point": "points",
    "pt": "points",
    "pts": "points",
    "pp": "points",
    "p.p.": "points",
    "mus": "μs",
    "fps": "FPS",
    "second": "s",
    "seconds": "s",
}
RELATIVE_AFTER = re.compile(
    r"^\W{0,3}(?:(?:absolute|relative|average|overall|performance|accuracy|points?|top-\d)\s){0,2}(?:[\w\-]+\s){0,3}?(?:improve\w*|gains?|higher|lower|increase\w*|reduc\w*|decrease\w*|faster|slower|fewer"
    r"|better|speed-?ups?|less|more|smaller|larger|loss|drop\w*|boost\w*|advantage|increment|cheaper|savings?)\b",
    re.I,
)
SPEED = re.compile(
    r"^\W{0,3}(?:[\w\-]+\s){0,2}?(?:faster|speed-?ups?|slower|quicker|acceleration|as fast)\b", re.I
)


class Near(NamedTuple):
    """An entity as results see it: where it stands, in characters, and its (kind, id)."""

    start: int
    end: int
    kind: str
    id: str


class Number(NamedTuple):
    """A number of a text: characters, value as written, unit, and whether a plus leads it."""

    start: int
    end: int
    value: str
    unit: str
    signed: bool


def numbers_in(sentence: str, offset: int, near: Sequence[Near]) -> Iterator[Number]:
    """Yield the numbers of a sentence that starts at `offset`, but for those inside a name."""
    for match in _numbers(sentence):
        start, end = match.start("value") + offset, match.end() + offset
        if any(e.start < end and start < e.end for e in near if e.kind != "Metric"):
            continue
        unit = (match["unit"] or "").strip(" -")
        value = match["value"]
        if match["upper"]:
            value += match["dash"] + match["upper"]
        elif not unit and re.fullmatch(r"(?:19|20)\d\d", value):
            continue
        if _NO_FIGURE.match(sentence[match.end() :]) or _PART.match(sentence[match.end("value") :]):
            continue
        yield Number(start, end, value, _unit(unit), match["sign"] == "+")
    for match in _WORD_NUMBER.finditer(sentence):
        if match["unit"] or match["value"].lower().endswith(("fold", "twice")):
            tail = sentence[match.end() :]
            if SPEED.match(tail) or RELATIVE_AFTER.match(tail) or re.match(r"\s(?:as|the)\b", tail):
                yield Number(
                    match.start() + offset, match.end() + offset, match["value"], "x", False
                )


def _numbers(sentence: str) -> Iterator[re.Match[str]]:
    """Yield what `_NUMBER.finditer` would, trying only where a digit makes a number possible."""
    position = 0
    while digit := _DIGIT.search(sentence, position):
        at = digit.start()
        tries = (_NUMBER.match(sentence, i) for i in range(max(position, at - 2), at + 1))
        match = next(filter(None, tries), None)
        if match:
            yield match
        position = match.end() if match else at + 1


def _unit(unit: str) -> str:
    if unit.startswith("percentage"):
        return "points" if "point" in unit else "%"
    return _UNITS.get(unit, _UNITS.get(unit.rstrip("s"), unit))
