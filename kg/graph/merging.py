"""Graphs become one by union: ids are deterministic, so the same things meet by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kg.graph.annotations import annotation
from kg.graph.joining import Joined, join
from kg.graph.store import Store
from kg.graph.writer import Writer, digest
from kg.model import Annotation, Entity, Mention, Paper, Relation, Result, sorted_unique
from kg.resolve.extra_names import united
from kg.resolve.identity import identity
from kg.resolve.merge import Gathering

_T = TypeVar("_T", Mention, Relation, Result)
Key = tuple[str, str]
#: A paper of one of the graphs: the graph and the paper's key there.
Place = tuple[Store, int]


def merge(stores: Sequence[Store], names: Sequence[str], target: Store) -> None:
    """Write the union of several graphs into an empty one.

    Papers that share an identifier become one record, the fuller value winning field by field; what
    the graphs say of them is united. Where a graph read another text of a paper, its evidence is
    looked up in the text that won; a sentence that is not there leaves its statement without words.

    Args:
        stores: The graphs; their order does not matter.
        names: For each graph what to add to the sources of its papers, "" for nothing.
        target: An empty store, opened for writing.

    Raises:
        GraphFileError: The target cannot be written.
    """
    entities = _entities(stores)
    gathering, places = Gathering(), dict[str, list[tuple[Place, Paper]]]()
    for store, name in zip(stores, names, strict=True):
        keys = dict(store.db.execute("SELECT id, key FROM paper"))
        for paper in store.papers():
            named = replace(paper, sources=sorted_unique([*paper.sources, name])) if name else paper
            gathering.add(named)
            for identifier in identity(named):
                places.setdefault(identifier, []).append(((store, keys[paper.id]), paper))
    writer = Writer(target, lambda kind, id: entities[kind, id])
    versions = sorted({version for store in stores if (version := _version(store))})
    for joined in join(target, gathering):
        writer.write([_united(joined, places, entities, versions)])
    if kept := united(name for store in stores for name in store.names()):
        target.keep_names(kept)
    if versions:
        target.db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('version', ?)", (" ".join(versions),)
        )


def _entities(stores: Sequence[Store]) -> dict[Key, Entity]:
    """Return the entities of all graphs, each with every alias; the smallest name and broader win."""
    found: dict[Key, Entity] = {}
    for store in stores:
        for entity in store.entities():
            other = found.get(entity.key, entity)
            name = min(entity.name, other.name)
            names = {entity.name, other.name, *entity.aliases, *other.aliases} - {name}
            broader = min((b for b in (entity.broader, other.broader) if b), default=None)
            found[entity.key] = replace(
                entity, name=name, aliases=tuple(sorted(names)), broader=broader
            )
    return found


def _version(store: Store) -> str:
    row = store.db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return str(row[0]) if row else ""


def _united(
    joined: Joined,
    places: dict[str, list[tuple[Place, Paper]]],
    entities: dict[Key, Entity],
    versions: list[str],
) -> tuple[Annotation, str, tuple[str, ...]]:
    paper = joined.paper
    parts: dict[tuple[int, int], tuple[Store, int, Paper]] = {}
    for identifier in identity(paper):
        for (store, key), read in places.get(identifier, ()):
            parts[id(store), key] = (store, key, read)
    found = [annotation(store, key, read) for store, key, read in parts.values()]
    return unite(paper, found, entities), _mark(paper, list(parts.values()), versions), ()


def _mark(paper: Paper, parts: list[tuple[Store, int, Paper]], versions: list[str]) -> str:
    """Return a digest that a build with the same rules will accept, if it would find the same."""
    for store, key, read in parts:
        stored = store.db.execute("SELECT digest FROM paper WHERE key = ?", (key,)).fetchone()[0]
        same = (read.title, read.abstract) == (paper.title, paper.abstract)
        if not same or len(versions) != 1 or stored != digest(read, versions[0]):
            return digest(paper, "merged")
    return digest(paper, versions[0])


def unite(paper: Paper, parts: Sequence[Annotation], entities: dict[Key, Entity]) -> Annotation:
    """Return one annotation of `paper` from several of it, whichever comes first.

    Args:
        paper: The paper as it will stand.
        parts: Annotations of it, perhaps of other texts.
        entities: Every entity they name.
    """
    relations: dict[tuple[str, str, str], Relation] = {}
    mentions: set[Mention] = set()
    results: set[Result] = set()
    for part in parts:
        for relation in part.relations:
            moved = _moved(relation, part.paper, paper)
            key = (moved.predicate, moved.kind, moved.entity)
            relations[key] = min(relations.get(key, moved), moved, key=_strength)
        mentions |= {m for m in (_moved(m, part.paper, paper) for m in part.mentions) if m.end}
        results |= {_named(_moved(r, part.paper, paper), entities) for r in part.results}
    said = {(r.kind, r.entity) for r in relations.values() if r.predicate != "mentions"}
    kept = [
        r
        for _, r in sorted(relations.items())
        if r.predicate != "mentions" or (r.kind, r.entity) not in said
    ]
    keys = {(r.kind, r.entity) for r in kept} | {(m.kind, m.entity) for m in mentions}
    codes = sorted_unique(url for part in parts for url in part.code_urls)
    return Annotation(
        paper,
        _apart(mentions),
        tuple(entities[key] for key in sorted(keys)),
        tuple(kept),
        tuple(sorted(results, key=_reading_order)),
        codes,
    )


def _strength(relation: Relation) -> tuple[object, ...]:
    """Order evidence: words before none, then title before abstract, then the first."""
    return (
        relation.end == 0,
        relation.field != "title",
        relation.start,
        relation.end,
        relation.rule,
    )


def _reading_order(result: Result) -> tuple[object, ...]:
    return (result.field != "title", result.start, result.end, repr(result))


def _apart(mentions: set[Mention]) -> tuple[Mention, ...]:
    """Return mentions in reading order without those that overlap an earlier or longer one."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.field != "title", m.start, -m.end, repr(m))):
        if not kept or kept[-1].field != m.field or kept[-1].end <= m.start:
            kept.append(m)
    return tuple(kept)


def _named(result: Result, entities: dict[Key, Entity]) -> Result:
    return replace(
        result,
        metric=result.metric and entities[result.metric.key],
        dataset=result.dataset and entities[result.dataset.key],
        method=result.method and entities[result.method.key],
    )


def _moved(item: _T, read: Paper, paper: Paper) -> _T:
    """Return an item with its stretch moved to where its words stand in another text."""
    if read.text(item.field) == paper.text(item.field):
        return item
    words = read.text(item.field)[item.start : item.end]
    place = paper.text(item.field).find(words) if words else -1
    start, end = (place, place + len(words)) if place >= 0 else (0, 0)
    return replace(item, start=start, end=end)
