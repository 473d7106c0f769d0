"""Papers by what they say, and the words behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store, paper_of
from kg.model import KINDS, Evidence, Paper
from kg.query.names import find_key, find_paper

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
    limit: int | None = None,
    **filters: str | None,
) -> list[Paper]:
    """Return the papers that fit all filters, newest first, then by title.

    Args:
        store: The graph.
        since: First year.
        until: Last year.
        text: Words that the title or abstract holds.
        limit: At most so many.
        filters: Names, aliases or ids by filter; see `FILTERS`.

    Raises:
        UnknownName: The graph has no such entity.
    """
    where: list[str] = []
    values: list[Any] = []
    for name, wanted in filters.items():
        if wanted is None:
            continue
        kinds, predicates = FILTERS[name]
        clause = "p.key IN (SELECT paper FROM link WHERE entity = ?"
        values.append(find_key(store, wanted, kinds))
        if predicates:
            clause += f" AND predicate IN ({', '.join('?' * len(predicates))})"
            values += predicates
        where.append(clause + ")")
    for clause, value in (("p.year >= ?", since), ("p.year <= ?", until)):
        if value is not None:
            where.append(clause)
            values.append(value)
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
    return [paper_of(record) for (record,) in rows]


def evidence(store: Store, paper: str | None = None, entity: str | None = None) -> list[Evidence]:
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
    return [
        _evidence(store, row)
        for row in store.db.execute(
            "SELECT p.id, l.predicate, e.kind, e.id, l.field, l.start, l.stop,"
            " CASE l.field WHEN 'title' THEN p.title ELSE p.abstract END, l.rule, p.key, e.key"
            " FROM link l JOIN paper p ON p.key = l.paper JOIN entity e ON e.key = l.entity"
            + (f" WHERE {' AND '.join(where)}" if where else "")
            + " ORDER BY p.id, l.predicate, e.kind, e.id",
            values,
        ).fetchall()
    ]


def _evidence(store: Store, row: Sequence[Any]) -> Evidence:
    id, predicate, kind, entity, field, start, stop, text, rule, paper_key, entity_key = row
    spans = store.db.execute(
        "SELECT start, stop FROM mention WHERE paper = ? AND entity = ? AND field = ?"
        " AND start >= ? AND stop <= ? ORDER BY start",
        (paper_key, entity_key, field, start, stop),
    )
    highlights = tuple((a - start, b - start) for a, b in spans)
    return Evidence(
        id, predicate, kind, entity, field, start, stop, text[start:stop], rule, highlights
    )


def match(words: str) -> str:
    """Return a full-text query that asks for all words, each taken literally."""
    quoted = ['"' + word.replace('"', '""') + '"' for word in words.split()]
    return " ".join(quoted) or '""'


@dataclass(frozen=True, slots=True)
class Hit:
    """A find of the search: an entity or a paper.

    Attributes:
        kind: "Paper" or a kind of entity.
        id: Its id.
        name: Its name or title.
        papers: Papers that name the entity; 1 for a paper.
    """

    kind: str
    id: str
    name: str
    papers: int

    def to_json(self) -> dict[str, Any]:
        """Return the find as a JSON object."""
        return {"kind": self.kind, "id": self.id, "name": self.name, "papers": self.papers}


def find(store: Store, words: str, limit: int = 20) -> list[Hit]:
    """Return entities whose names, and papers whose text, hold the words; entities first."""
    from kg.resolve.ids import fold

    pattern = "%" + fold(words).replace("%", "").replace(" ", "%") + "%"
    rows = store.db.execute(
        "SELECT kind, id, name, (SELECT count(DISTINCT paper) FROM link WHERE entity = key) AS n"
        " FROM entity WHERE key IN (SELECT entity FROM alias WHERE folded LIKE ?)"
        " ORDER BY n DESC, name, kind LIMIT ?",
        (pattern, limit),
    ).fetchall()
    found = [Hit(*row) for row in rows]
    rows = store.db.execute(
        "SELECT paper.id, paper.title FROM paper_text JOIN paper ON key = paper_text.rowid"
        " WHERE paper_text MATCH ? ORDER BY rank, paper.id LIMIT ?",
        (match(words), max(0, limit - len(found))),
    ).fetchall()
    return found + [Hit("Paper", id, title, 1) for id, title in rows]
