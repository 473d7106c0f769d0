"""How two entities hang together, and how one comes and goes over the years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.graph.store import Store
from kg.model import Entity, Listing, Shown
from kg.query.names import Name, entity, find_key

#: SQLite allows at least this many values in one statement.
_MANY = 900

#: Entities that are weighed against each other for a step, with all that share as many papers.
_WEIGHED = 200


@dataclass(frozen=True, slots=True, repr=False)
class Step(Shown):
    """A stretch of a path: from one entity to the next through papers that name both.

    Attributes:
        start: Where it begins.
        end: Where it leads.
        paper: Id of the first of the papers.
        title: Its title.
        papers: Ids of all papers that name both, sorted.
    """

    start: Entity
    end: Entity
    paper: str
    title: str
    papers: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the step as a JSON object."""
        return {
            "from": self.start.id,
            "to": self.end.id,
            "paper": self.paper,
            "title": self.title,
            "papers": list(self.papers),
        }

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the step."""
        names = {"from": self.start.name, "to": self.end.name}
        return {**names, "papers": len(self.papers), "first": self.title}


def path(store: Store, a: Name, b: Name) -> Listing[Step]:
    """Return a shortest path between two entities over shared papers; empty when there is none.

    Breadth-first search from both ends, the smaller side first. Of several shortest paths, the one
    that takes at each step the nearest entity (Jaccard index, as in `related`) is chosen, then the
    one with the smallest kind and id, so the same graph always gives the same path.

    Raises:
        UnknownName: The graph has no such entity.
    """
    start, goal = find_key(store, a), find_key(store, b)
    layers = _layers(store, start, goal)
    steps: Listing[Step] = Listing()
    here = start
    for layer in layers[1:]:
        here, step = _step(store, here, layer)
        steps.append(step)
    return steps


def _layers(store: Store, start: int, goal: int) -> list[set[int]]:
    """Return the entities on shortest paths by their distance from `start`; empty without a path."""
    sides = [[{start}], [{goal}]]
    seen = [{start}, {goal}]
    while not (middle := sides[0][-1] & sides[1][-1]):
        nearer = int(len(sides[1][-1]) < len(sides[0][-1]))
        reached = _neighbours(store, sides[nearer][-1]) - seen[nearer]
        if not reached:
            return []
        seen[nearer] |= reached
        sides[nearer].append(reached)
    front, back = (_trimmed(store, side, middle) for side in sides)
    return [*front[::-1], *back[1:]]


def _trimmed(store: Store, side: list[set[int]], middle: set[int]) -> list[set[int]]:
    """Return, from the middle outwards, what of each layer leads to the middle."""
    kept = [middle]
    for layer in reversed(side[:-1]):
        kept.append(layer & _neighbours(store, kept[-1]) if len(layer) > 1 else layer)
    return kept


def _neighbours(store: Store, keys: set[int]) -> set[int]:
    papers: set[int] = set()
    for part in _parts(keys):
        marks = ", ".join("?" * len(part))
        rows = store.db.execute(f"SELECT paper FROM link WHERE entity IN ({marks})", part)
        papers.update(paper for (paper,) in rows)
    found: set[int] = set()
    for part in _parts(papers):
        marks = ", ".join("?" * len(part))
        rows = store.db.execute(f"SELECT entity FROM link WHERE paper IN ({marks})", part)
        found.update(key for (key,) in rows)
    return found - keys


def _step(store: Store, here: int, layer: set[int]) -> tuple[int, Step]:
    """Return the best next entity of a layer and the step to it."""
    shared: dict[int, set[int]] = {}
    for other, paper in store.db.execute(
        "SELECT entity, paper FROM link WHERE paper IN (SELECT paper FROM link WHERE entity = ?)",
        (here,),
    ):
        if other in layer:
            shared.setdefault(other, set()).add(paper)
    first, own = entity(store, here), _count(store, here)
    # What shares few papers with `here` is hardly near: the far end of a long list is not weighed.
    likely = sorted(shared, key=lambda key: (-len(shared[key]), key))
    least = len(shared[likely[min(_WEIGHED, len(likely)) - 1]])
    ends = []
    for key in likely:
        if len(shared[key]) < least:
            break
        both, last = len(shared[key]), entity(store, key)
        ends.append((-both / (own + _count(store, key) - both), last.key, key, last))
    _, _, key, last = min(ends)
    rows: list[tuple[str, str]] = []
    for part in _parts(shared[key]):
        marks = ", ".join("?" * len(part))
        rows += store.db.execute(f"SELECT id, title FROM paper WHERE key IN ({marks})", part)
    rows.sort()
    return key, Step(first, last, *rows[0], tuple(id for id, _ in rows))


def _count(store: Store, key: int) -> int:
    row = store.db.execute("SELECT count(DISTINCT paper) FROM link WHERE entity = ?", (key,))
    return int(row.fetchone()[0])


def _parts(keys: Iterable[int]) -> Iterable[list[int]]:
    waiting = iter(keys)
    while part := list(islice(waiting, _MANY)):
        yield part


def timeline(store: Store, name: Name) -> dict[int, int]:
    """Return the number of papers that name an entity, by year; papers without date are left out.

    Raises:
        UnknownName: The graph has no such entity.
    """
    return dict(
        store.db.execute(
            "SELECT p.year, count(DISTINCT p.key) FROM link l JOIN paper p ON p.key = l.paper"
            " WHERE l.entity = ? AND p.year IS NOT NULL GROUP BY p.year ORDER BY p.year",
            (find_key(store, name),),
        )
    )
