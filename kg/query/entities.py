"""Entities: one with all that papers say of it, lists of them, and their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store
from kg.model import KINDS, PREDICATES, Entity, Listing, Shown
from kg.query.names import Name, find_key, find_kind
from kg.query.names import entity as entity_of


@dataclass(frozen=True, slots=True, repr=False)
class Profile(Shown):
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

    def row(self) -> dict[str, Any]:
        """Return what a console shows of the profile: how many papers, not which."""
        return {**self.entity.to_json(), **{name: len(ids) for name, ids in self.papers.items()}}

    def to_frame(self, library: str | None = None) -> Any:
        """Return a data frame with a row for each predicate and paper; see `Listing.to_frame`."""
        said = ((name, paper) for name, ids in self.papers.items() for paper in ids)
        return Listing(Said(self.entity.name, *pair) for pair in said).to_frame(library)


@dataclass(frozen=True, slots=True, repr=False)
class Said(Shown):
    """That a paper says something of an entity: a row of a profile's frame."""

    entity: str
    predicate: str
    paper: str

    def to_json(self) -> dict[str, Any]:
        """Return the row as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, repr=False)
class Counted(Shown):
    """An entity with the number of papers that name it."""

    entity: Entity
    papers: int

    def to_json(self) -> dict[str, Any]:
        """Return entity and count as a JSON object."""
        return {**self.entity.to_json(), "count": self.papers}


@dataclass(frozen=True, slots=True, repr=False)
class Related(Shown):
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


def profile(store: Store, name: Name, kinds: Iterable[str] = KINDS) -> Profile:
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


def entities(store: Store, kind: str | None = None, limit: int | None = None) -> Listing[Counted]:
    """Return entities with the number of papers that name them, most named first.

    Raises:
        UnknownName: There is no such kind.
    """
    rows = store.db.execute(
        "SELECT e.kind, e.id, e.name, e.broader, count(DISTINCT l.paper) AS n"
        " FROM entity e LEFT JOIN link l ON l.entity = e.key"
        + (" WHERE e.kind = ?" if kind else "")
        + " GROUP BY e.key ORDER BY n DESC, e.name, e.kind"
        + (f" LIMIT {int(limit)}" if limit is not None else ""),
        (find_kind(kind),) if kind else (),
    )
    return Listing(Counted(Entity(k, i, name, (), broader), n) for k, i, name, broader, n in rows)


def related(store: Store, name: Name, kind: str | None = None, limit: int = 20) -> Listing[Related]:
    """Return the entities that are named in the same papers, nearest first.

    Nearness is the Jaccard index of the two sets of papers: papers that name both over papers that
    name either. At the same score, those that share more papers come first.

    Raises:
        UnknownName: The graph has no such entity, or there is no such kind.
    """
    key = find_key(store, name)
    own = _papers(store, key)
    shared = Counter(
        entity
        for entity, _ in store.db.execute(
            "SELECT DISTINCT entity, paper FROM link WHERE paper IN"
            " (SELECT paper FROM link WHERE entity = ?)",
            (key,),
        )
    )
    del shared[key]
    wanted = find_kind(kind) if kind else None
    found = []
    best: list[float] = []
    for entity, count in shared.most_common():
        # No score can pass count / own: once that is below all that will be shown, no more will.
        if len(best) >= limit and count / own < best[-1]:
            break
        near = store.entity_of(entity)
        if near is None or (wanted and near.kind != wanted):
            continue
        score = count / (own + _papers(store, entity) - count)
        found.append(Related(near, count, score))
        best = sorted([*best, score], reverse=True)[:limit]
    found.sort(key=lambda r: (-r.score, -r.shared, r.entity.name, r.entity.kind))
    return Listing(found[:limit])


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
