"""What a graph knows of a paper, back as an annotation, so that it can be written elsewhere."""

from __future__ import annotations

from typing import Any

from kg.graph.store import Store
from kg.model import Annotation, Entity, Mention, Paper, Relation, Result


def annotation(store: Store, key: int, paper: Paper) -> Annotation:
    """Return what the graph knows of one paper, by its key.

    The entities come without aliases: those belong to the graph, not to the paper.
    """
    links = _rows(store, key, "link", "x.predicate, x.field, x.start, x.stop, x.rule")
    mentions = _rows(store, key, "mention", "x.field, x.start, x.stop, x.rule, x.score")
    results = [_result(store, row) for row in store.db.execute(_RESULTS, (key,))]
    entities: dict[tuple[str, str], Entity] = {}
    for kind, id, name, broader, *_ in [*links, *mentions]:
        entities.setdefault((kind, id), Entity(kind, id, name, (), broader))
    codes = store.db.execute("SELECT url FROM code WHERE paper = ? ORDER BY url", (key,))
    return Annotation(
        paper,
        tuple(
            Mention(field, start, stop, paper.text(field)[start:stop], kind, id, rule, score)
            for kind, id, _, _, field, start, stop, rule, score in mentions
        ),
        tuple(entities.values()),
        tuple(
            Relation(predicate, kind, id, field, start, stop, rule)
            for kind, id, _, _, predicate, field, start, stop, rule in links
        ),
        tuple(results),
        tuple(url for (url,) in codes),
    )


_RESULTS = (
    "SELECT value, unit, metric, dataset, method, relative, field, start, stop, rule FROM result"
    " WHERE paper = ? ORDER BY place"
)


def _rows(store: Store, key: int, table: str, columns: str) -> list[tuple[Any, ...]]:
    return store.db.execute(
        f"SELECT e.kind, e.id, e.name, e.broader, {columns} FROM {table} x"
        f" JOIN entity e ON e.key = x.entity WHERE x.paper = ? ORDER BY {columns}, e.kind, e.id",
        (key,),
    ).fetchall()


def _result(store: Store, row: tuple[Any, ...]) -> Result:
    metric, dataset, method = (store.entity_of(entity) for entity in row[2:5])
    return Result(row[0], row[1], metric, dataset, method, bool(row[5]), *row[6:])
