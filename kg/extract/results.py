"""Figures that a paper reports: value, unit, metric, dataset, method, and whether it is relative.

A number counts when it carries a unit of measurement, or when a metric stands right beside it. What
it measures is then looked for outwards from the number, the nearer side first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.numbers import RELATIVE_AFTER, SPEED, Near, Number, numbers_in
from kg.extract.tokens import Tokens

_RELATIVE_BEFORE = re.compile(
    r"\b(?:by|improv\w*|increas\w*|reduc\w*|decreas\w*|gain\w*|boost\w*|rais\w*|lift\w*|drop\w*|los[es]\w*|sav\w*|outperform\w*"
    r"|surpass\w*|exceed\w*|margin|speed-?up|cut\w*|enhanc\w*|advance\w*|beat\w*)\b[^.;]{0,60}$",
    re.I,
)
_SIZE = re.compile(r"^\W{0,3}(?:[\w\-]+\s){0,2}?(?:smaller|larger)\b", re.I)
_PARAMETERS = re.compile(r"^\s?-?(?:[\w\-]+\s){0,2}?param(?:eter|s)", re.I)
_DIGIT = re.compile(r"\d")
_COUNTS = frozenset(["", "M", "B", "K", "million", "billion", "thousand"])
_NEEDS_METRIC = frozenset(
    {
        "",
        "M",
        "B",
        "K",
        "million",
        "billion",
        "thousand",
        "s",
        "minute",
        "minutes",
        "hour",
        "hours",
        "mm",
        "cm",
        "degree",
        "degrees",
        "W",
        "Hz",
        "kHz",
        "MB",
        "GB",
        "KB",
    }
)


class Figure(NamedTuple):
    """A number with what it measures; entities by (kind, id)."""

    value: str
    unit: str
    metric: tuple[str, str] | None
    dataset: tuple[str, str] | None
    method: tuple[str, str] | None
    relative: bool
    sentence: int


def figures(
    text: Tokens, entities: Sequence[Near], introduced: Sequence[tuple[str, str]]
) -> list[Figure]:
    """Return the figures of a text in reading order.

    Args:
        text: The tokens.
        entities: Settled mentions in reading order.
        introduced: Methods that the paper brings, most prominent first.
    """
    found: list[Figure] = []
    places = [e.start for e in entities]
    for index, (first, last) in enumerate(text.sentences):
        start, end = text.starts[first], text.ends[last - 1]
        sentence = text.text[start:end]
        if (index == 0 and text.title_end) or (
            not _DIGIT.search(sentence) and "times" not in sentence and "wice" not in sentence
        ):
            continue
        near = entities[bisect_left(places, start) : bisect_left(places, end)]
        numbers = list(numbers_in(sentence, start, near))
        found += _read(text.text, index, (start, end), numbers, near, introduced)
    return found


def _read(
    text: str,
    sentence: int,
    bounds: tuple[int, int],
    numbers: Sequence[Number],
    near: Sequence[Near],
    introduced: Sequence[tuple[str, str]],
) -> Iterator[Figure]:
    last_metric: tuple[str, str] | None = None
    listed = _respectively(text, bounds, numbers, near)
    for place, number in enumerate(numbers):
        following = numbers[place + 1].start if place + 1 < len(numbers) else bounds[1]
        previous = numbers[place - 1].end if place else bounds[0]
        after = text[number.end : following]
        metric, beside = _metric(text, number, near, previous, following)
        if metric is None:
            metric, beside = _implied(number, after)
        # "F1 scores of 0.98 and 0.87": the second number of a list needs no metric of its own.
        listing = metric is None and last_metric is not None and "." in number.value
        listing = listing and not number.unit and number.start - previous < 12
        if number.unit in _NEEDS_METRIC and not beside and not listing:
            continue
        metric = listed.get((place, "Metric"), metric or last_metric or _later(number, near))
        last_metric = metric
        relative = _relative(text, bounds[0], number, after)
        yield Figure(
            number.value,
            number.unit,
            metric,
            listed.get((place, "Dataset")) or _dataset(text, number, near, following, bounds),
            _method(number, near, introduced),
            relative,
            sentence,
        )


def _implied(number: Number, after: str) -> tuple[tuple[str, str] | None, bool]:
    """Return the metric that the words behind a number imply, and whether they stand beside it."""
    if number.unit == "x" and SPEED.match(after):
        return ("Metric", "speed"), True
    if number.unit == "x" and _SIZE.match(after):
        return ("Metric", "model-size"), True
    if _PARAMETERS.match(after) and number.unit in _COUNTS:
        return ("Metric", "number-of-parameters"), bool(number.unit) or "," in number.value
    return None, False


def _metric(
    text: str, number: Number, near: Sequence[Near], previous: int, following: int
) -> tuple[tuple[str, str] | None, bool]:
    """Return the metric of a number and whether it stands right beside it."""
    metrics = [e for e in near if e.kind == "Metric"]
    for e in metrics:
        if number.end <= e.start < following:
            gap = text[number.end : e.start]
            if len(gap) < 45 and not re.search(r"[,;:)]|\b(?:while|and|with|but|than)\b", gap):
                return (e.kind, e.id), len(gap) < 25
            break
    for e in reversed(metrics):
        if e.end <= number.start:
            gap = text[e.end : number.start]
            beside = (
                e.end >= previous
                and bool(
                    re.fullmatch(
                        r"\W{0,3}(?:[\w\-]+\W{1,2}){0,3}?(?:of|is|to|:|=|by|at|from|reaches|than|about|around|near|only|up|score|scores|\W)?\W{0,3}",
                        gap,
                    )
                )
                and len(gap) < 30
            )
            return (e.kind, e.id), beside
    return None, False


def _later(number: Number, near: Sequence[Near]) -> tuple[str, str] | None:
    """Return the metric that closes a list: "1.0% for A, 0.5% for B in terms of accuracy"."""
    if number.unit not in ("%", "points", ""):
        return None
    return next((e[2:] for e in near if e.kind == "Metric" and e.start >= number.end), None)


def _relative(text: str, start: int, number: Number, after: str) -> bool:
    before = text[max(start, number.start - 80) : number.start]
    if re.search(r"\bfrom\s\W?$|\bfrom\b[^.;,]{1,25}\bto\s\W?$", before):
        return False
    return (
        number.signed
        or number.unit == "x"
        or bool(RELATIVE_AFTER.match(after))
        or (
            (
                bool(_RELATIVE_BEFORE.search(before))
                and not re.search(
                    r"\b(?:to|of|achiev\w+|reach\w+|obtain\w+|attain\w+)\s(?:an?\s)?\W?$", before
                )
            )
            or bool(
                re.search(
                    r"\b(?:gain|improvement|reduction|increase|margin|decrease|speed-?up)s?\s(?:of|by)\s(?:up to\s|about\s|over\s)?\W?$",
                    before,
                )
            )
        )
    )


def _dataset(
    text: str, number: Number, near: Sequence[Near], following: int, bounds: tuple[int, int]
) -> tuple[str, str] | None:
    data = [e for e in near if e.kind in ("Dataset", "Benchmark")]
    for e in data:
        if number.end <= e.start < following:
            return e.kind, e.id
    before = [e for e in data if e.end <= number.start]
    if before:
        return before[-1].kind, before[-1].id
    later = [e for e in data if e.start >= following]
    return (later[0].kind, later[0].id) if later else None


def _method(
    number: Number, near: Sequence[Near], introduced: Sequence[tuple[str, str]]
) -> tuple[str, str] | None:
    for e in reversed(near):
        if e.kind == "Method" and e.end <= number.start and (e.kind, e.id) in introduced:
            return e.kind, e.id
    return introduced[0] if introduced else None


def _respectively(
    text: str, bounds: tuple[int, int], numbers: Sequence[Number], near: Sequence[Near]
) -> dict[tuple[int, str], tuple[str, str]]:
    """Pair the numbers of a list with the entities of a list of the same length.

    "82.1%, 76.3% and 91.0% on A, B and C" pairs first with first; so does the reverse order.
    """
    paired: dict[tuple[int, str], tuple[str, str]] = {}
    for run in _runs([(n.start, n.end) for n in numbers], text):
        if len(run) < 2:
            continue
        for kinds in (("Dataset", "Benchmark"), ("Metric",)):
            items = [e for e in near if e.kind in kinds]
            for group in _runs([(e.start, e.end) for e in items], text):
                if len(group) == len(run):
                    for n, e in zip(run, group, strict=True):
                        paired.setdefault((n, kinds[0]), (items[e].kind, items[e].id))
    return paired


def _runs(spans: Sequence[tuple[int, int]], text: str) -> Iterator[list[int]]:
    """Yield maximal runs of spans that only commas and conjunctions part."""
    run: list[int] = []
    for index, (start, _) in enumerate(spans):
        if run and not re.fullmatch(
            r"\W{0,4}(?:(?:and|or|as well as|/)\W{1,2})?(?:the\s|an?\s)?(?:datasets?\W{1,3}(?:and\s)?)?",
            text[spans[run[-1]][1] : start],
        ):
            yield run
            run = []
        run.append(index)
    if run:
        yield run
