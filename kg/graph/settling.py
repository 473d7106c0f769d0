"""What entities are called after papers have changed or gone, as if those had never been read.

Names come from the catalogue and from papers. Whoever takes a paper out marks the entities that it named;
the marks stand in the file, so that a build that goes on after one was killed finds them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from itertools import groupby

from kg.model import Entity
from kg.resolve.entities import CUT_SHORT, given_name
from kg.resolve.ids import fold

#: Returns the catalogue's entity of (kind, id), or None.
Known = Callable[[str, str], Entity | None]

_MARK = "unsettled:"
_NAMED = (
    "SELECT l.entity AS entity FROM link l JOIN old ON l.paper = old.key UNION"
    " SELECT r.metric FROM result r JOIN old ON r.paper = old.key UNION"
    " SELECT r.dataset FROM result r JOIN old ON r.paper = old.key UNION"
    " SELECT r.method FROM result r JOIN old ON r.paper = old.key"
)
_SURFACES = (
    "SELECT m.paper, m.rule, substr(CASE m.field WHEN 'title' THEN p.title ELSE p.abstract END,"
    " m.start + 1, m.stop - m.start) FROM mention m JOIN paper p ON p.key = m.paper"
    " WHERE m.entity = ? ORDER BY m.paper, m.field DESC, m.start"
)


def unsettle(db: sqlite3.Connection, papers: Iterable[str]) -> None:
    """Mark the entities of papers, by their ids, that are about to be taken out."""
    db.executemany(
        "WITH old AS (SELECT key FROM paper WHERE id = ?) INSERT OR IGNORE INTO meta"
        f" SELECT '{_MARK}' || entity, '' FROM ({_NAMED}) WHERE entity IS NOT NULL",
        ((id,) for id in papers),
    )


def settle(db: sqlite3.Connection, known: Known) -> None:
    """Give the marked entities the names that the catalogue and the remaining papers give them."""
    marked = db.execute(
        "SELECT e.key, e.kind, e.id, e.name, e.broader FROM meta m JOIN entity e"
        " ON e.key = CAST(substr(m.name, ?) AS INTEGER) WHERE m.name GLOB ?",
        (len(_MARK) + 1, f"{_MARK}*"),
    ).fetchall()
    db.execute("BEGIN IMMEDIATE")
    try:
        for key, kind, id, name, broader in marked:
            _settle(db, key, Entity(kind, id, name, (), broader), known(kind, id))
        db.execute("DELETE FROM meta WHERE name GLOB ?", (f"{_MARK}*",))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _settle(db: sqlite3.Connection, key: int, stored: Entity, listed: Entity | None) -> None:
    names, surfaces = _in_papers(db, key, stored)
    kind, id = stored.kind, stored.id
    entity = listed or Entity(kind, id, min(names, default=stored.name))
    wanted = {entity.name, *entity.aliases, *names, *surfaces}
    if (entity.name, entity.broader) != (stored.name, stored.broader):
        db.execute(
            "UPDATE entity SET name = ?, broader = ? WHERE key = ?",
            (entity.name, entity.broader, key),
        )
    held = {name for (name,) in db.execute("SELECT name FROM alias WHERE entity = ?", (key,))}
    db.executemany(
        "DELETE FROM alias WHERE entity = ? AND name = ?", ((key, n) for n in held - wanted)
    )
    db.executemany(
        "INSERT INTO alias VALUES (?, ?, ?)", ((key, n, fold(n)) for n in sorted(wanted - held))
    )


def _in_papers(db: sqlite3.Connection, key: int, entity: Entity) -> tuple[set[str], set[str]]:
    """Return the names that papers give an unlisted entity, and the words that stand for it."""
    names: set[str] = set()
    surfaces: set[str] = set()
    for _, rows in groupby(db.execute(_SURFACES, (key,)), key=lambda row: row[0]):
        said = [text for _, rule, text in rows if rule != CUT_SHORT]
        surfaces.update(said)
        if name := given_name(entity.kind, entity.id, said):
            names.add(name)
    return names, surfaces
