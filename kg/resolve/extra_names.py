"""Names that an input brings along, laid under those of the catalogue.

Archives name thousands of datasets and methods, some of them with everyday words ("Letter", "Drop"). The
catalogue knows better what it names itself; an everyday word needs its kind said beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from kg.model import Entity
from kg.resolve.ids import fold, slug
from kg.rulebook.book import Rulebook
from kg.rulebook.names import Catalogue, Name, Sense, Surface, exact_case

_SOURCE = "input"
_ALIKE = ({"Dataset", "Benchmark"},)
#: What must be said in the paper for an everyday word to be a name.
_BESIDE = {
    "Dataset": Sense(("dataset", "datasets", "data set", "corpus", "benchmark")),
    "Method": Sense(("method", "methods", "model", "models", "network", "algorithm", "layer")),
}


def united(names: Iterable[Entity]) -> list[Entity]:
    """Return each entity once, with the aliases of all; the smallest name is its name."""
    spelled: dict[tuple[str, str], tuple[str, set[str]]] = {}
    for entity in names:
        name, others = spelled.get(entity.key, (entity.name, set()))
        spelled[entity.key] = (min(name, entity.name), others | {entity.name, *entity.aliases})
    return [
        Entity(*key, name, tuple(sorted(others - {name})))
        for key, (name, others) in sorted(spelled.items())
    ]


@lru_cache(maxsize=4)
def with_names(book: Rulebook, entities: tuple[Entity, ...]) -> Rulebook:
    """Return a rule set that knows these entities too.

    An entity one of whose names the catalogue has becomes another spelling of that one.
    """
    listed = _listed(entities)
    if not listed:
        return book
    known = {fold(s.pattern): (s.kind, s.id) for s in reversed(book.catalogue.surfaces)}
    names, surfaces = dict(book.catalogue.names), list(book.catalogue.surfaces)
    added = set(book.catalogue.added)
    for entity in listed:
        spellings = [s for s in (entity.name, *entity.aliases) if len(fold(s)) > 1]
        same = (known[fold(s)] for s in spellings if fold(s) in known)
        kind, id = next(
            (k for k in same if _alike(k[0], entity.kind)), (entity.kind, slug(entity.name))
        )
        new = [s for s in dict.fromkeys(spellings) if fold(s) not in known]
        known.update((fold(s), (kind, id)) for s in new)
        surfaces += [_surface(kind, id, s, book) for s in new]
        if new:
            added.add((kind, id))
            old = names.get((kind, id)) or Name(kind, id, entity.name, (), None)
            aliases = {*old.aliases, *new} - {old.name}
            names[kind, id] = replace(old, aliases=tuple(sorted(aliases)))
    return replace(
        book,
        catalogue=Catalogue(names, tuple(surfaces), added=frozenset(added)),
        version=with_mark(book.version, entities),
    )


def with_mark(version: str, entities: Iterable[Entity]) -> str:
    """Return the version of a rule set that knows these entities too."""
    if not (listed := _listed(entities)):
        return version
    return f"{version}-{hashlib.sha256(repr(listed).encode('utf-8', 'replace')).hexdigest()[:8]}"


def _listed(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(set(entities), key=lambda entity: (entity.kind, entity.id, entity.name))


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kinds for kinds in _ALIKE)


def _surface(kind: str, id: str, pattern: str, book: Rulebook) -> Surface:
    word = pattern.isalpha() and pattern[1:].islower()
    everyday = word or pattern.lower() in book.words.common
    sense = _BESIDE.get(kind) if everyday else None
    return Surface(kind, id, pattern, everyday or exact_case(pattern), sense, _SOURCE, 0)
