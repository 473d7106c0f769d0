"""The records of a build meet the papers that are in the graph already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.graph.store import Store, paper_of
from kg.model import Paper
from kg.resolve.identity import called, identity, set_apart
from kg.resolve.merge import Gathering


@dataclass(frozen=True, slots=True)
class Joined:
    """A paper as it should stand in the graph.

    Attributes:
        paper: The paper, with its final id.
        replaces: Ids of the papers in the graph that are the same one.
        marks: Their digests.
    """

    paper: Paper
    replaces: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def join(store: Store, gathering: Gathering) -> list[Joined]:
    """Return the gathered papers merged with those of the graph, by id.

    Different papers that their sources call the same ("1", "1") get ids of their own; where one of
    them is in the graph already, it is among those returned.
    """
    known: dict[str, tuple[Paper, str]] = {}
    for paper in gathering.papers():
        known.update((stored.id, (stored, mark)) for stored, mark in _same(store, identity(paper)))
    for stored, _ in known.values():
        gathering.add(stored, new=False)
    place = {name: id for id, (stored, _) in known.items() for name in identity(stored)}
    joined = []
    for paper in gathering.papers():
        ids = sorted({place[name] for name in identity(paper) if name in place})
        joined.append(Joined(paper, tuple(ids), tuple(known[id][1] for id in ids)))
    calls = {called(stored) for stored, _ in known.values()}
    return sorted(_told_apart(store, joined, calls, set(known)), key=lambda j: j.paper.id)


def _same(store: Store, names: Iterable[str]) -> Iterator[tuple[Paper, str]]:
    for name in sorted(names):
        for record, mark in store.db.execute(
            "SELECT record, digest FROM identifier i JOIN paper p ON p.key = i.paper WHERE name = ?",
            (name,),
        ):
            yield paper_of(record), mark


def _told_apart(
    store: Store, joined: list[Joined], calls: set[str], known: set[str]
) -> Iterator[Joined]:
    claims: dict[str, list[Joined]] = {id: [] for id in calls}
    for item in joined:
        claims.setdefault(item.paper.id, []).append(item)
    for id, items in claims.items():
        items += [j for j in _called(store, id) if j.replaces[0] not in known]
        for item in items:
            paper = set_apart(item.paper) if len(items) > 1 else replace(item.paper, id=id)
            yield replace(item, paper=paper)


def _called(store: Store, id: str) -> Iterator[Joined]:
    """Yield the papers of the graph that are called `id`, or were until they were told apart."""
    for found, record, mark in store.db.execute(
        "SELECT id, record, digest FROM paper WHERE id = ? OR (id > ? AND id < ?)",
        (id, f"{id}-", f"{id}."),
    ):
        paper = paper_of(record)
        if called(paper) == id:
            yield Joined(paper, (found,), (mark,))
