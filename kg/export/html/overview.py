"""The first picture: the most connected entities and what ties them, laid out beforehand."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any, NamedTuple

#: Ties that each entity keeps: its strongest, so that the picture stays readable.
_TIES = 3
#: Height of a node with its label, and width of a letter of the label, in the layout's units.
_ROW, _LETTER = 78.0, 12.5
_SPREAD = 150.0


class Overview(NamedTuple):
    """What the first picture shows.

    Attributes:
        entities: Numbers of the entities shown.
        positions: Where each stands.
        edges: (entity, entity, papers that name both).
        papers: Papers that name an entity, by number.
    """

    entities: list[int]
    positions: list[tuple[float, float]]
    edges: list[tuple[int, int, int]]
    papers: Counter[int]


def overview(data: dict[str, Any], size: int) -> Overview:
    """Choose entities and ties, and lay them out.

    Entities are taken by the number of papers that name them. Each keeps its strongest ties by the
    Jaccard index of the sets of papers, at least one, so that nothing floats alone that is tied to
    anything shown. The layout is Fruchterman & Reingold's with a fixed start.
    """
    named: dict[int, set[int]] = defaultdict(set)
    for paper, entity, *_ in data["links"]:
        named[entity].add(paper)
    papers = Counter({entity: len(group) for entity, group in named.items()})
    order = sorted(papers, key=lambda e: (-papers[e], data["entities"][e][:2]))[:size]
    shown = sorted(order)
    edges = _ties(shown, named)
    names = [data["entities"][entity][2] for entity in shown]
    return Overview(shown, _layout(shown, names, edges, papers), edges, papers)


def _ties(shown: list[int], named: dict[int, set[int]]) -> list[tuple[int, int, int]]:
    near: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for a, b in combinations(shown, 2):
        shared = len(named[a] & named[b])
        if shared:
            score = shared / len(named[a] | named[b])
            near[a].append((-score, b, shared))
            near[b].append((-score, a, shared))
    kept = {
        (min(a, b), max(a, b), shared)
        for a, ties in near.items()
        for _, b, shared in sorted(ties)[:_TIES]
    }
    return sorted(kept)


def _layout(
    shown: list[int],
    names: list[str],
    edges: list[tuple[int, int, int]],
    papers: Counter[int],
) -> list[tuple[float, float]]:
    import igraph

    if not shown:
        return []
    # igraph draws from Python's generator; a seeded one of its own makes the same picture each time.
    igraph.set_random_number_generator(random.Random(7))  # noqa: S311 - no secret
    place = {entity: index for index, entity in enumerate(shown)}
    graph = igraph.Graph(len(shown), [(place[a], place[b]) for a, b, _ in edges])
    layout = graph.layout_fruchterman_reingold(niter=700, grid=False)
    width = _SPREAD * len(shown) ** 0.5
    xs, ys = (_spread([point[axis] for point in layout]) for axis in (0, 1))
    points = [[x * width * 1.9, y * width] for x, y in zip(xs, ys, strict=True)]
    _part(
        points,
        [
            max(_LETTER * len(name) / 2, radius(papers[e]))
            for e, name in zip(shown, names, strict=True)
        ],
    )
    return [(round(x, 1), round(y, 1)) for x, y in points]


def _spread(values: list[float]) -> list[float]:
    """Return values scaled to [-0.5, 0.5]; ranks are mixed in, so that the crowded middle opens."""
    order = {value: rank for rank, value in enumerate(sorted(values))}
    low, size = min(values), (max(values) - min(values)) or 1.0
    last = max(len(values) - 1, 1)
    return [0.5 * ((v - low) / size + order[v] / last) - 0.5 for v in values]


def radius(papers: int) -> float:
    """Return the size of a node that so many papers name: its area grows with them."""
    return round(7 + 3.2 * math.sqrt(papers), 1)


def _part(points: list[list[float]], halves: list[float]) -> None:
    """Push apart, up and down, nodes whose labels would lie on each other."""
    for _ in range(80):
        moved = False
        for i, j in combinations(range(len(points)), 2):
            dx, dy = points[j][0] - points[i][0], points[j][1] - points[i][1]
            if abs(dx) < halves[i] + halves[j] + _LETTER and abs(dy) < _ROW:
                shift = (_ROW - abs(dy)) / 2 + 1
                sign = 1 if dy >= 0 else -1
                points[i][1] -= sign * shift
                points[j][1] += sign * shift
                moved = True
        if not moved:
            return
