"""From mentions to entities: which surfaces of a paper are the same thing, and what it is called.

Pure functions on strings: the text side hands in surfaces with kinds and the pairs of forms that the
paper defines; out come entities with deterministic ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.resolve.ids import slug
from kg.resolve.same import merge
from kg.words import singular, surface_key

#: Rule of mentions whose words are no name of their own: "-100" cuts "CIFAR-100" short in a list.
CUT_SHORT = "ellipsis"

_LOWER_KINDS = ("Task", "Metric")
_SMALL = frozenset("of for in on with and or via by to from the a an as at over".split())


def canonical(surface: str, kind: str) -> str:
    """Return the name of an entity that no catalogue knows, written as the field writes it.

    Singular; methods, datasets and benchmarks in title case, tasks and metrics in lower case; words
    that carry capitals of their own keep them.

    Example:
        >>> canonical("latent spectral models", "Method")
        'Latent Spectral Model'
        >>> canonical("EEG Classification", "Task")
        'EEG classification'
    """
    words = re.split(r"(\s+|-)", surface.strip())
    words[-1] = singular(words[-1])
    style = _lower if kind in _LOWER_KINDS else _title
    plain = "".join(style(word, index == 0) for index, word in enumerate(words))
    return re.sub(r"\s+", " ", plain)


def _title(word: str, first: bool) -> str:
    if not word.islower() or (word in _SMALL and not first):
        return word
    return word[0].upper() + word[1:]


def _lower(word: str, first: bool) -> str:
    tail = word[1:]
    return word.lower() if not tail or tail.islower() else word


@lru_cache(maxsize=50_000)
def _named(surface: str, kind: str) -> tuple[str, str]:
    """Return the canonical name and the id of an entity that no catalogue knows."""
    name = canonical(surface, kind)
    return name, slug(name)


def given_name(kind: str, id: str, surfaces: Iterable[str]) -> str | None:
    """Return the name that a paper gives an entity of no catalogue, from its words in reading order.

    Example:
        >>> given_name("Method", "frog-net", ["FN", "frog nets", "Frog net"])
        'Frog Net'
    """
    named = (_named(surface, kind) for surface in surfaces if surface.strip())
    return next((name for name, slugged in named if slugged == id), None)


def group(
    surfaces: Sequence[tuple[str, str, str]],
    definitions: Iterable[tuple[str, str]],
    names: Mapping[tuple[str, str], str],
) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """Return which entity each surface names.

    Args:
        surfaces: Distinct (kind, catalogue id or "", surface), in order of first mention.
        definitions: Pairs (long form, short form) that the paper defines.
        names: Canonical names of the catalogue by (kind, id).

    Returns:
        For each surface triple the entity as (kind, id, name).
    """
    shorts: dict[str, str] = {}
    for form, short in definitions:
        shorts.setdefault(surface_key(short), form)
    known: dict[tuple[str, str], tuple[str, str, str]] = {}
    for kind, id, surface in surfaces:
        if id:
            known.setdefault((kind, surface_key(surface)), (kind, id, names[kind, id]))
    out: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for kind, id, surface in surfaces:
        if id:
            out[kind, id, surface] = (kind, id, names[kind, id])
            continue
        key = surface_key(surface)
        long = shorts.get(key, "")
        target = known.get((kind, surface_key(long))) if long else None
        target = target or known.get((kind, key))
        if target is None:
            name, made = _named(long or surface, kind)
            target = (kind, made, names.get((kind, made), name))
        out[kind, id, surface] = target
    return _joined(out, names)


def _joined(
    found: Mapping[tuple[str, str, str], tuple[str, str, str]], names: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """Return entities of which those are joined that are one thing under two names."""
    surfaces: dict[tuple[str, str], list[str]] = {}
    called: dict[tuple[str, str], str] = {}
    for (_, _, surface), (kind, id, name) in found.items():
        surfaces.setdefault((kind, id), []).append(surface)
        called.setdefault((kind, id), name)
    known = {key: names[key] for key in surfaces if key in names}
    same = merge(surfaces, known)
    if not same:
        return dict(found)
    return {
        surface: (*same[key], called[same[key]]) if (key := entity[:2]) in same else entity
        for surface, entity in found.items()
    }
