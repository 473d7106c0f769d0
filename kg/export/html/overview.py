"""The first picture: the entities that most papers name, and what ties them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any, NamedTuple

from kg.export.html.layout import Box, layout

#: Ties that each entity keeps: its strongest, so that the picture stays readable.
_TIES = 3
#: Radius of the smallest node, what the largest has more, and the same of the label's letters.
_RADIUS, _RADIUS_RANGE = 3.0, 14.0
_FONT, _FONT_RANGE = 10.5, 5.5
#: A label breaks into lines of about so many letters.
_LINE = 16


class Spot(NamedTuple):
    """An entity of the first picture: its number, size, letters, lines of its label, and place."""

    entity: int
    papers: int
    radius: float
    font: float
    label: str
    island: int
    x: float
    y: float


class Tie(NamedTuple):
    """Two entities that papers name together: the more of their papers, the stronger."""

    a: int
    b: int
    shared: int
    strength: float


class Overview(NamedTuple):
    """What the first picture shows."""

    spots: list[Spot]
    ties: list[Tie]


def overview(data: dict[str, Any], size: int) -> Overview:
    """Choose entities and ties, and lay them out.

    Entities are taken by the number of papers that name them. Each keeps its strongest ties, by the
    cosine of the sets of papers (Salton & McGill, 1983), so that the common do not tie everything.

    Args:
        data: What `compact` returns.
        size: Entities at most.
    """
    named: dict[int, set[int]] = defaultdict(set)
    links = data["links"]
    for paper, entity in zip(links[::6], links[1::6], strict=True):
        named[entity].add(paper)
    shown = sorted(sorted(named, key=lambda e: (-len(named[e]), e))[:size])
    ties = _ties(shown, named)
    most = max((len(named[e]) for e in shown), default=1)
    boxes = [_box(data["entities"][e][2], math.sqrt(len(named[e]) / most)) for e in shown]
    place = {entity: index for index, entity in enumerate(shown)}
    positions, islands = layout(boxes, [(place[t.a], place[t.b], t.strength) for t in ties])
    spots = [
        Spot(entity, len(named[entity]), box.radius, box.font, box.label, island, x, y)
        for entity, box, island, (x, y) in zip(shown, boxes, islands, positions, strict=True)
    ]
    return Overview(spots, ties)


def _ties(shown: list[int], named: dict[int, set[int]]) -> list[Tie]:
    naming: dict[int, list[int]] = defaultdict(list)
    for entity in shown:
        for paper in named[entity]:
            naming[paper].append(entity)
    together = Counter(pair for group in naming.values() for pair in combinations(group, 2))
    near: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for (a, b), shared in together.items():
        strength = shared / math.sqrt(len(named[a]) * len(named[b]))
        near[a].append((-strength, b, shared))
        near[b].append((-strength, a, shared))
    kept = {
        Tie(min(a, b), max(a, b), shared, round(-minus, 4))
        for a, ties in near.items()
        for minus, b, shared in sorted(ties)[:_TIES]
    }
    return sorted(kept)


def _box(name: str, part: float) -> Box:
    radius, font = round(_RADIUS + _RADIUS_RANGE * part, 1), round(_FONT + _FONT_RANGE * part, 1)
    return Box(radius, font, "\n".join(_wrap(name)))


def _wrap(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
