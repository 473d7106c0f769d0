"""Entities: one with all that papers say of it, lists of them, and their neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store
from kg.model import KINDS, PREDICATES, Entity
from kg.query.names import entity as entity_of
from kg.query.names import find_key


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity and what the papers of the graph say of it.

    Attributes:
        entity: The entity with its aliases.
        papers: Ids of papers by predicate, strongest predicate first, ids sorted.
        narrower: Entities whose broader concept this is.
    """

    entity: Entity
    papers: dict[str, tuple[str, ...]]
    narrower: tuple[Entity, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the profile as a JSON object."""
        return {
            **self.entity.to_json(),
            "papers": {predicate: list(ids) for predicate, ids in self.papers.items()},
            "narrower": [e.id for e in self.narrower],
        }


@dataclass(frozen=True, slots=True)
class Counted:
    """An entity with the number of papers that name it."""

    entity: Entity
    papers: int

    def to_json(self) -> dict[str, Any]:
        """Return entity and count as a JSON object."""
        return {**self.entity.to_json(), "count": self.papers}


@dataclass(frozen=True, slots=True)
class Related:
    """A neighbour of an entity.

    Attributes:
        entity: The neighbour.
        shared: Papers that name both.
        score: `shared` over the papers that name either (Jaccard index), in [0, 1].
    """

    entity: Entity
    shared: int
    score: float

    def to_json(self) -> dict[str, Any]:
        """Return the neighbour as a JSON object."""
        return {**self.entity.to_json(), "shared": self.shared, "score": round(self.score, 4)}


def profile(store: Store, name: str, kinds: Iterable[str] = KINDS) -> Profile:
    """Return an entity by name, alias or id, with its papers.

    Raises:
        UnknownName: The graph has no such entity.
    """
    key = find_key(store, name, tuple(kinds))
    found = entity_of(store, key)
    papers: dict[str, list[str]] = {predicate: [] for predicate in PREDICATES}
    for predicate, id in store.db.execute(
        "SELECT predicate, id FROM link JOIN paper ON key = paper WHERE entity = ? ORDER BY id",
        (key,),
    ):
        papers[predicate].append(id)
    narrower = store.db.execute(
        "SELECT kind, id, name, broader FROM entity WHERE kind = ? AND broader = ? ORDER BY id",
        (found.kind, found.id),
    )
    return Profile(
        found,
        {predicate: tuple(ids) for predicate, ids in papers.items() if ids},
        tuple(Entity(kind, id, name, (), broader) for kind, id, name, broader in narrower),
    )


def entities(store: Store, kind: str | None = None, limit: int | None = None) -> list[Counted]:
    """Return entities with the number of papers that name them, most named first."""
    rows = store.db.execute(
        "SELECT e.kind, e.id, e.name, e.broader, count(DISTINCT l.paper) AS n"
        " FROM entity e LEFT JOIN link l ON l.entity = e.key"
        + (" WHERE e.kind = ?" if kind else "")
        + " GROUP BY e.key ORDER BY n DESC, e.name, e.kind"
        + (f" LIMIT {int(limit)}" if limit is not None else ""),
        (kind,) if kind else (),
    )
    return [Counted(Entity(k, i, name, (), broader), n) for k, i, name, broader, n in rows]


def related(store: Store, name: str, kind: str | None = None, limit: int = 20) -> list[Related]:
    """Return the entities that are named in the same papers, nearest first.

    Nearness is the Jaccard index of the two sets of papers; entities that share a single paper come
    behind those that share more at the same score.

    Raises:
        UnknownName: The graph has no such entity.
    """
    key = find_key(store, name)
    own = _papers(store, key)
    rows = store.db.execute(
        "SELECT e.kind, e.id, e.name, e.broader, count(DISTINCT l.paper) AS shared,"
        " (SELECT count(DISTINCT paper) FROM link WHERE entity = e.key)"
        " FROM link l JOIN entity e ON e.key = l.entity"
        " WHERE l.paper IN (SELECT paper FROM link WHERE entity = ?1) AND e.key != ?1"
        + (" AND e.kind = ?2" if kind else "")
        + " GROUP BY e.key",
        (key, kind) if kind else (key,),
    ).fetchall()
    found = [
        Related(Entity(k, i, n, (), broader), shared, shared / (own + total - shared))
        for k, i, n, broader, shared, total in rows
    ]
    found.sort(key=lambda r: (-r.score, -r.shared, r.entity.name, r.entity.kind))
    return found[:limit]


def _papers(store: Store, key: int) -> int:
    return int(
        store.db.execute(
            "SELECT count(DISTINCT paper) FROM link WHERE entity = ?", (key,)
        ).fetchone()[0]
    )


def stats(store: Store) -> dict[str, Any]:
    """Return counts: papers, entities by kind, links by predicate, results, code links, years."""
    years = store.db.execute("SELECT min(year), max(year) FROM paper").fetchone()
    kinds = dict(store.db.execute("SELECT kind, count(*) FROM entity GROUP BY kind"))
    predicates = dict(store.db.execute("SELECT predicate, count(*) FROM link GROUP BY predicate"))
    return {
        "papers": store.count("paper"),
        "entities": {kind: kinds.get(kind, 0) for kind in KINDS},
        "links": {predicate: predicates.get(predicate, 0) for predicate in PREDICATES},
        "results": store.count("result"),
        "code": store.count("code"),
        "years": list(years) if years[0] else None,
    }
