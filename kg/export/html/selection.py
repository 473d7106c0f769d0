"""Which papers the page carries: all of a small graph, the most connected part of a large one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kg.errors import KgError
from kg.graph.store import Store
from kg.model import KINDS


class Selection(NamedTuple):
    """The part of a graph that a page carries.

    Attributes:
        papers: Keys of the papers in the store.
        kinds: Kinds of entity that are kept.
        focus: Key of the entity around which the part lies, or None.
        left_out: What is missing, in a sentence for the reader; "" when nothing is.
    """

    papers: frozenset[int]
    kinds: tuple[str, ...]
    focus: int | None
    left_out: str


def select(
    store: Store,
    max_papers: int,
    kinds: Sequence[str] | None = None,
    focus: int | None = None,
    hops: int = 1,
) -> Selection:
    """Choose the papers of a page.

    Papers nearest to the focus come first, then those with the most links to entities that other
    papers name too, the newest of equals; so what remains of a large graph hangs together.

    Args:
        store: The graph.
        max_papers: At most so many.
        kinds: Kinds of entity to keep; None keeps all.
        focus: Key of an entity: only papers at most `hops` away from it.
        hops: 1 takes the papers that name the focus, 2 those that share an entity with these, …

    Raises:
        KgError: A kind is unknown.
    """
    kept = known_kinds(kinds)
    entities = _links(store, kept)
    shared: dict[int, list[int]] = defaultdict(list)
    for paper, group in entities.items():
        for entity in group:
            shared[entity].append(paper)
    years: dict[int, tuple[int, str]] = {
        key: (-(year or 0), id)
        for key, year, id in store.db.execute("SELECT key, year, id FROM paper")
    }
    near = dict.fromkeys(years, 0) if focus is None else _near(entities, shared, focus, hops)
    ties = {p: sum(len(shared[e]) > 1 for e in entities.get(p, ())) for p in near}
    order = sorted(near, key=lambda paper: (near[paper], -ties[paper], years[paper]))
    papers = frozenset(order[:max_papers])
    return Selection(
        papers, kept, focus, _left_out(store, len(near), len(papers), kept, focus, hops)
    )


def known_kinds(kinds: Sequence[str] | None) -> tuple[str, ...]:
    """Return kinds by their names in any case, singular or plural, in the order of the ontology.

    Raises:
        KgError: One is unknown.
    """
    if not kinds:
        return KINDS
    by_name = {name: kind for kind in KINDS for name in (kind.lower(), f"{kind.lower()}s")}
    for name in kinds:
        if name.strip().lower() not in by_name:
            raise KgError(f"There is no kind {name!r}.", f"Known: {', '.join(KINDS)}")
    wanted = {by_name[name.strip().lower()] for name in kinds}
    return tuple(kind for kind in KINDS if kind in wanted)


def _links(store: Store, kinds: tuple[str, ...]) -> dict[int, set[int]]:
    entities: dict[int, set[int]] = defaultdict(set)
    marks = ", ".join("?" * len(kinds))
    for paper, entity in store.db.execute(
        f"SELECT l.paper, l.entity FROM link l JOIN entity e ON e.key = l.entity"
        f" WHERE e.kind IN ({marks})",
        kinds,
    ):
        entities[paper].add(entity)
    return entities


def _near(
    entities: dict[int, set[int]], shared: dict[int, list[int]], focus: int, hops: int
) -> dict[int, int]:
    """Return papers by their distance from the focus, up to `hops`."""
    near: dict[int, int] = {}
    seen, edge = {focus}, {focus}
    for hop in range(1, hops + 1):
        found = {paper for entity in edge for paper in shared.get(entity, ())} - near.keys()
        near.update(dict.fromkeys(found, hop))
        edge = {entity for paper in found for entity in entities[paper]} - seen
        seen |= edge
    return near


def _left_out(
    store: Store, near: int, papers: int, kinds: tuple[str, ...], focus: int | None, hops: int
) -> str:
    said: list[str] = []
    total = store.count("paper")
    if focus is not None:
        center = store.entity_of(focus)
        name = center.name if center else ""
        steps = f"{hops} hop{'s' * (hops != 1)}"
        said.append(f"Only the {near:,} papers within {steps} of {name}, of {total:,}.")
    if papers < near:
        said.append(f"{papers:,} of {near:,} papers are in this page: the most connected.")
    if kinds != KINDS:
        said.append(f"Only entities of kind {', '.join(kinds)}.")
    return " ".join(said)
