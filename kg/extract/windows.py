"""Texts far longer than any abstract are read a window at a time, so that cost grows with length alone.

Rules look for a name's other places in its text, so a single text takes time that grows faster than
its length; within a window that is no matter, and no text can make it one. A title has no windows: of
one longer than any title there is, the beginning is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from kg.model import PREDICATES, Annotation, Entity, Mention, Paper, Relation, Result

#: Characters of a window: several times the longest abstract there is.
WINDOW = 20_000
#: Characters of a title that are read; what stands behind them yields no finds.
TITLE = 2_000

_T = TypeVar("_T", Mention, Relation, Result)


class Window(NamedTuple):
    """A part of a paper.

    Attributes:
        part: The paper with this part of its abstract, and with no more of its title than is read.
        offset: Where the part begins.
    """

    part: Paper
    offset: int = 0


def windows(paper: Paper) -> Iterator[Window]:
    """Yield the windows of a paper, cut between sentences where there are any: as a rule, one."""
    text, start = paper.abstract, 0
    if len(paper.title) > TITLE:
        paper = replace(paper, title=paper.title[:TITLE])
    while len(text) - start > WINDOW:
        limit = start + WINDOW
        cut = max(text.rfind(end, start + WINDOW // 2, limit) for end in (". ", "\n"))
        cut = cut if cut >= 0 else text.rfind(" ", start + WINDOW // 2, limit)
        end = cut + 1 if cut >= 0 else limit
        yield Window(replace(paper, abstract=text[start:end]), start)
        start = end
    yield Window(replace(paper, abstract=text[start:]) if start else paper, start)


def united(paper: Paper, parts: Sequence[tuple[int, Annotation]]) -> Annotation:
    """Return the annotation of a paper from those of its windows.

    Args:
        paper: The paper.
        parts: Where each window begins, with its annotation.
    """
    entities: dict[tuple[str, str], Entity] = {}
    relations: dict[tuple[str, str], Relation] = {}
    mentions: list[Mention] = []
    results: list[Result] = []
    for offset, part in parts:
        mentions += _moved(part.mentions, offset)
        results += _moved(part.results, offset)
        for entity in part.entities:
            known = entities.setdefault(entity.key, entity)
            aliases = tuple(dict.fromkeys((*known.aliases, *entity.aliases)))
            entities[entity.key] = replace(known, aliases=aliases)
        for relation in _moved(part.relations, offset):
            known_relation = relations.setdefault((relation.kind, relation.entity), relation)
            relations[relation.kind, relation.entity] = min(known_relation, relation, key=_rank)
    return Annotation(
        paper,
        tuple(mentions),
        tuple(entities.values()),
        tuple(sorted(relations.values(), key=_rank)),
        tuple(results),
        tuple(dict.fromkeys(url for _, part in parts for url in part.code_urls)),
    )


def _moved(found: Sequence[_T], offset: int) -> Iterator[_T]:
    """Yield what was found in a window, where it stands in the paper; the title counts once."""
    for item in found:
        if item.field == "abstract":
            yield replace(item, start=item.start + offset, end=item.end + offset)
        elif not offset:
            yield item


def _rank(relation: Relation) -> int:
    return PREDICATES.index(relation.predicate)
