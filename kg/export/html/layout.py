"""Places for the nodes of a picture: islands of what belongs together, no label on another."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np

#: Width of a letter and height of a line, as parts of the font's size; air around a node.
_LETTER, _LINE, _AIR = 0.54, 1.16, 8.0
#: Water between two islands.
_WATER = 28.0
#: Width of the picture for its height: that of a screen beside a panel.
_ASPECT = 1.35
#: How much nearer nodes of one island are drawn to each other than to the rest.
_PULL = 5.0


class Box(NamedTuple):
    """A node with its label below it, before it has a place."""

    radius: float
    font: float
    label: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, with some air."""
        lines = self.label.split("\n")
        width = max(2 * self.radius, max(map(len, lines)) * self.font * _LETTER)
        height = 2 * self.radius + 4 + len(lines) * self.font * _LINE
        return width + _AIR, height + _AIR * 0.6


def layout(
    boxes: list[Box], ties: list[tuple[int, int, float]]
) -> tuple[list[tuple[float, float]], list[int]]:
    """Place nodes, and say on which island each lies.

    Islands are communities by modularity (Leiden algorithm; Traag, Waltman & van Eck, 2019). The
    layout is Fruchterman & Reingold's, after which each island is spread out, the islands are packed,
    and everything drifts together as far as the boxes leave room. The same input gives the same
    places.

    Args:
        boxes: The nodes.
        ties: (node, node, strength).

    Returns:
        Middles of the nodes' signs, and the number of each node's island.
    """
    if len(boxes) < 2:
        return [(0.0, 0.0)] * len(boxes), [0] * len(boxes)
    islands, rough = _rough(len(boxes), ties)
    sizes = np.array([box.size for box in boxes])
    places = _pack(_spread(rough, sizes, islands), rough, sizes, islands)
    gaps = np.where(islands[:, None] == islands[None, :], 0.0, _WATER)
    for _ in range(250):
        _drift(places)
        _part(places, sizes, gaps, 2)
    _part(places, sizes, gaps, 400)
    low, high = _bounds(places, sizes)
    places -= (low + high) / 2
    # From the middle of each box to that of its sign, which stands above the label.
    places[:, 1] += [box.radius + _AIR * 0.3 - box.size[1] / 2 for box in boxes]
    return [(round(float(x), 1), round(float(y), 1)) for x, y in places], islands.tolist()


def _rough(count: int, ties: list[tuple[int, int, float]]) -> tuple[Any, Any]:
    """Return islands and a first layout, turned so that it is widest from left to right."""
    import igraph

    # igraph draws from a generator of Python's; a seeded one makes the same picture each time.
    igraph.set_random_number_generator(random.Random(7))  # noqa: S311 - no secret
    graph = igraph.Graph(count, [(a, b) for a, b, _ in ties])
    strengths = [strength for *_, strength in ties]
    found = graph.community_leiden("modularity", weights=strengths, n_iterations=20).membership
    pulls = [s * (_PULL if found[a] == found[b] else 0.5) for a, b, s in ties]
    drawn = graph.layout_fruchterman_reingold(weights=pulls, niter=1500, grid=False)
    igraph.set_random_number_generator(random)
    points = np.array(drawn.coords)
    points -= points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    # The sign of an axis is free; fix it, so that no library's choice shows.
    points = points @ (axes * np.sign(axes.sum(axis=1, keepdims=True) + 1e-9)).T
    return np.array(found), points / (np.abs(points).max(axis=0) + 1e-9)


def _groups(islands: Any) -> list[Any]:
    members: dict[int, list[int]] = defaultdict(list)
    for node, island in enumerate(islands):
        members[int(island)].append(node)
    return [np.array(members[island]) for island in sorted(members)]


def _spread(rough: Any, sizes: Any, islands: Any) -> Any:
    """Return places within each island around its middle: by rank more than by distance."""
    places = np.zeros_like(rough)
    for group in _groups(islands):
        width = np.sqrt(sizes[group].prod(axis=1).sum() * 1.5)
        part = rough[group]
        order = part.argsort(axis=0).argsort(axis=0) / max(len(group) - 1, 1)
        low, high = part.min(axis=0), part.max(axis=0)
        share = (part - low) / np.where(high > low, high - low, 1.0)
        place = (0.3 * share + 0.7 * order - 0.5) * (width, width / 1.2)
        _part(place, sizes[group], np.zeros((len(group), len(group))), 400)
        low, high = _bounds(place, sizes[group])
        places[group] = place - (low + high) / 2
    return places


def _pack(places: Any, rough: Any, sizes: Any, islands: Any) -> Any:
    """Move islands apart, each in the direction where the first layout had it, then together."""
    groups = _groups(islands)
    extents = [_bounds(places[group], sizes[group]) for group in groups]
    frames = np.array([high - low for low, high in extents]) + _WATER
    span = np.sqrt(frames.prod(axis=1).sum())
    middles = np.array([rough[group].mean(axis=0) for group in groups])
    middles *= span * 1.5 * np.array([_ASPECT**0.5, _ASPECT**-0.5])
    none = np.zeros((len(groups), len(groups)))
    for _ in range(450):
        _drift(middles)
        _part(middles, frames, none, 3)
    _part(middles, frames, none, 400)
    for group, middle in zip(groups, middles, strict=True):
        places[group] += middle
    return places


def _drift(places: Any) -> None:
    """Pull everything to the middle, more along the side that is too long; in place."""
    places *= (0.982, 0.992) if _wide(places) > 1 else (0.992, 0.982)


def _wide(places: Any) -> float:
    """Return how much wider the picture is than it should be."""
    width, height = np.ptp(places, axis=0)
    return float((width + 1) / (height * _ASPECT + 1))


def _bounds(places: Any, sizes: Any) -> tuple[Any, Any]:
    return (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)


def _part(places: Any, sizes: Any, gaps: Any, rounds: int) -> None:
    """Push boxes that overlap apart, each pair the shorter way that keeps the shape; in place."""
    upright = min(4.0, max(0.25, 1.3 / _wide(places)))
    count = len(places)
    before = np.arange(count)[None, :] < np.arange(count)[:, None]
    room = (sizes[None, :] + sizes[:, None]) / 2 + gaps[:, :, None]
    for _ in range(rounds):
        apart = places[None, :] - places[:, None]
        over = room - np.abs(apart)
        hit = (over > 0).all(axis=2)
        np.fill_diagonal(hit, False)
        if not hit.any():
            return
        # Nodes in one place part by their number.
        sign = np.where(apart == 0, np.where(before, -1.0, 1.0)[:, :, None], np.sign(apart))
        sideways = over[:, :, 0] < over[:, :, 1] * upright
        for axis, chosen in ((0, hit & sideways), (1, hit & ~sideways)):
            push = np.where(chosen, over[:, :, axis], 0.0) * sign[:, :, axis]
            places[:, axis] -= 0.3 * push.sum(axis=1)
