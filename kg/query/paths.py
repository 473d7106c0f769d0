"""How two entities hang together, and how one comes and goes over the years."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store
from kg.model import Entity
from kg.query.names import find_key


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a path: from one entity to the next through a paper that names both."""

    start: Entity
    end: Entity
    paper: str
    title: str

    def to_json(self) -> dict[str, Any]:
        """Return the step as a JSON object."""
        return {"from": self.start.id, "to": self.end.id, "paper": self.paper, "title": self.title}


def path(store: Store, a: str, b: str) -> list[Step]:
    """Return a shortest path between two entities over shared papers; empty when there is none.

    Breadth-first search from `a`; papers and entities are visited in the order of their ids, so the
    same graph always gives the same path.

    Raises:
        UnknownName: The graph has no such entity.
    """
    start, goal = find_key(store, a), find_key(store, b)
    came: dict[int, tuple[int, int]] = {start: (0, 0)}
    queue = deque([start])
    while queue and goal not in came:
        here = queue.popleft()
        for paper, entity in store.db.execute(
            "SELECT l.paper, o.entity FROM link l JOIN link o ON o.paper = l.paper"
            " JOIN paper p ON p.key = l.paper JOIN entity e ON e.key = o.entity"
            " WHERE l.entity = ? ORDER BY p.id, e.kind, e.id",
            (here,),
        ):
            if entity not in came:
                came[entity] = (here, paper)
                queue.append(entity)
    steps: list[Step] = []
    while goal in came and goal != start:
        before, paper = came[goal]
        id, title = store.db.execute(
            "SELECT id, title FROM paper WHERE key = ?", (paper,)
        ).fetchone()
        first, last = store.entity_of(before), store.entity_of(goal)
        if first and last:
            steps.append(Step(first, last, id, title))
        goal = before
    return steps[::-1]


def timeline(store: Store, name: str) -> dict[int, int]:
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
