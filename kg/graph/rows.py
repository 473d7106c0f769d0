"""What a paper adds to the tables of a graph file, made where the paper was annotated.

Pure: rows name entities by (kind, id), and whoever annotates in another process sends them as they
are. Only the writer knows the integer keys.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from kg.model import Annotation, Entity
from kg.resolve.identity import identifiers
from kg.resolve.ids import fold, title_key

Key = tuple[str, str]
_fold = lru_cache(maxsize=50_000)(fold)


class Rows(NamedTuple):
    """The rows of one paper; columns as in `kg.graph.schema`, but for the paper's own key.

    Attributes:
        paper: Its row, without the digest.
        names: Its identifiers.
        cites: Identifiers of what it cites.
        code: Links to code.
        entities: (kind, id, name, broader, names with their folds) of each entity that it names.
        links: Rows with the entity as (kind, id), as are those below.
        mentions: Rows.
        results: Rows.
    """

    paper: tuple[Any, ...]
    names: tuple[str, ...]
    cites: tuple[str, ...]
    code: tuple[str, ...]
    entities: tuple[tuple[str, str, str, str | None, tuple[tuple[str, str], ...]], ...]
    links: tuple[tuple[Any, ...], ...]
    mentions: tuple[tuple[Any, ...], ...]
    results: tuple[tuple[Any, ...], ...]


def rows(annotation: Annotation) -> Rows:
    """Return the rows of an annotated paper."""
    paper = annotation.paper
    return Rows(
        (
            paper.id,
            title_key(paper.title),
            paper.title,
            paper.abstract,
            paper.year,
            paper.doi,
            paper.arxiv_id,
            json.dumps(paper.to_json(), ensure_ascii=False),
        ),
        tuple(sorted(identifiers(paper))),
        paper.cites,
        annotation.code_urls,
        tuple(_entity(e) for e in _entities(annotation)),
        tuple(
            (r.predicate, (r.kind, r.entity), r.field, r.start, r.end, r.rule)
            for r in annotation.relations
        ),
        tuple(
            (m.field, m.start, m.end, (m.kind, m.entity), m.rule, m.score)
            for m in annotation.mentions
        ),
        _results(annotation),
    )


def _entities(annotation: Annotation) -> list[Entity]:
    """Return the entities that the paper names, and those that its figures alone imply."""
    found = {entity.key: entity for entity in annotation.entities}
    for result in annotation.results:
        for entity in (result.metric, result.dataset, result.method):
            if entity:
                found.setdefault(entity.key, entity)
    return list(found.values())


def _entity(entity: Entity) -> tuple[str, str, str, str | None, tuple[tuple[str, str], ...]]:
    names = dict.fromkeys((entity.name, *entity.aliases))
    folded = tuple((name, _fold(name)) for name in names)
    return entity.kind, entity.id, entity.name, entity.broader, folded


def _results(annotation: Annotation) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            place,
            r.value,
            r.unit,
            r.metric.key if r.metric else None,
            r.dataset.key if r.dataset else None,
            r.method.key if r.method else None,
            r.relative,
            r.field,
            r.start,
            r.end,
            r.rule,
        )
        for place, r in enumerate(annotation.results, 1)
    )
