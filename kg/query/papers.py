"""Papers by what they say, and the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.graph.store import Store, paper_of
from kg.model import KINDS, Entity, Evidence, Listing, Paper
from kg.query.names import Name, PaperName, find_key, find_paper, match

#: A filter takes one name, or several that must all hold.
Names = Name | Iterable[Name]

#: Filters of `papers`: kinds that the name may have, and predicates that count.
FILTERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "on": (("Dataset", "Benchmark"), ("evaluated_on", "introduces")),
    "using": (("Method",), ("builds_on", "introduces")),
    "introduces": (KINDS, ("introduces",)),
    "outperforms": (("Method",), ("outperforms",)),
    "compares_with": (("Method",), ("compares_with", "outperforms")),
    "task": (("Task",), ("addresses",)),
    "metric": (("Metric",), ()),
    "mentions": (KINDS, ()),
}


def papers(
    store: Store,
    *,
    since: int | None = None,
    until: int | None = None,
    text: str | None = None,
    code: bool | None = None,
    limit: int | None = None,
    **filters: Names | None,
) -> Listing[Paper]:
    """Return the papers that fit all filters, newest first, then by title.

    Args:
        store: The graph.
        since: First year.
        until: Last year.
        text: Words that the title or abstract holds.
        code: Whether the paper says where its code is; None takes both.
        limit: At most so many.
        filters: Names, aliases or ids by filter; see `FILTERS`.

    Raises:
        UnknownName: The graph has no such entity.
    """
    where: list[str] = []
    values: list[Any] = []
    for name, given in filters.items():
        for wanted in _each(given):
            clause, filled = _holds(store, name, wanted)
            where.append(clause)
            values += filled
    for clause, value in (("p.year >= ?", since), ("p.year <= ?", until)):
        if value is not None:
            where.append(clause)
            values.append(value)
    if code is not None:
        where.append(f"p.key {'IN' if code else 'NOT IN'} (SELECT paper FROM code)")
    if text:
        where.append("p.key IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)")
        values.append(match(text))
    rows = store.db.execute(
        "SELECT p.record FROM paper p"
        + (f" WHERE {' AND '.join(where)}" if where else "")
        + " ORDER BY coalesce(p.year, 0) DESC, p.title, p.id"
        + (f" LIMIT {int(limit)}" if limit is not None else ""),
        values,
    )
    return Listing(paper_of(record) for (record,) in rows)


def _each(given: Names | None) -> list[Name]:
    if given is None:
        return []
    return [given] if isinstance(given, str | Entity) else list(given)


def _holds(store: Store, name: str, wanted: Name) -> tuple[str, list[Any]]:
    """Return the SQL condition of one filter and its values."""
    kinds, predicates = FILTERS[name]
    clause = "p.key IN (SELECT paper FROM link WHERE entity = ?"
    if predicates:
        clause += f" AND predicate IN ({', '.join('?' * len(predicates))})"
    return clause + ")", [find_key(store, wanted, kinds), *predicates]


def evidence(
    store: Store, paper: PaperName | None = None, entity: Name | None = None
) -> Listing[Evidence]:
    """Return the sentences behind the links of a paper, of an entity, or between the two.

    Raises:
        UnknownName: The graph has no such paper or entity.
    """
    where: list[str] = []
    values: list[Any] = []
    if paper is not None:
        where.append("p.id = ?")
        values.append(find_paper(store, paper).id)
    if entity is not None:
        where.append("l.entity = ?")
        values.append(find_key(store, entity))
    rows = store.db.execute(
        "SELECT p.id, l.predicate, e.kind, e.id, l.field, l.start, l.stop,"
        " substr(CASE l.field WHEN 'title' THEN p.title ELSE p.abstract END, l.start + 1,"
        " l.stop - l.start), l.rule, p.key, e.key"
        " FROM link l JOIN paper p ON p.key = l.paper JOIN entity e ON e.key = l.entity"
        + (f" WHERE {' AND '.join(where)}" if where else "")
        + " ORDER BY p.id, l.predicate, e.kind, e.id",
        values,
    ).fetchall()
    return Listing(_evidence(store, row) for row in rows)


def _evidence(store: Store, row: Sequence[Any]) -> Evidence:
    id, predicate, kind, entity, field, start, stop, text, rule, paper_key, entity_key = row
    spans = store.db.execute(
        "SELECT start, stop FROM mention WHERE paper = ? AND entity = ? AND field = ?"
        " AND start >= ? AND stop <= ? ORDER BY start",
        (paper_key, entity_key, field, start, stop),
    )
    highlights = tuple((a - start, b - start) for a, b in spans)
    return Evidence(id, predicate, kind, entity, field, start, stop, text, rule, highlights)
