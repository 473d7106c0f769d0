"""From what a user types to an entity or a paper of the graph."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kg.errors import UnknownName
from kg.graph.store import Store, paper_of
from kg.model import KINDS, Entity, Paper
from kg.resolve.ids import fold


def find_key(store: Store, name: str, kinds: Sequence[str] = KINDS) -> int:
    """Return the integer key of the entity that a name, alias or id means.

    Where several entities answer to it, the one named by most papers is meant; kinds are preferred in
    the order given. "Method:KAN" restricts the kind.

    Raises:
        UnknownName: No entity of these kinds answers to it; the hint offers near names.
    """
    prefix, _, rest = name.partition(":")
    if rest and prefix.capitalize() in KINDS:
        return find_key(store, rest.strip(), [prefix.capitalize()])
    rows = store.db.execute(
        "SELECT e.key, e.kind, (SELECT count(*) FROM link l WHERE l.entity = e.key) FROM entity e"
        " WHERE e.id = ?1 OR e.key IN (SELECT entity FROM alias WHERE folded = ?2)",
        (name, fold(name)),
    ).fetchall()
    fitting = [row for row in rows if row[1] in kinds]
    if not fitting:
        raise UnknownName(f"The graph has no {_kinds(kinds)} {name!r}.", _near(store, name, kinds))
    return int(min(fitting, key=lambda row: (-row[2], list(kinds).index(row[1]), row[0]))[0])


def find_paper(store: Store, name: str) -> Paper:
    """Return the paper of an id or title.

    Raises:
        UnknownName: There is none.
    """
    row = store.db.execute(
        "SELECT record FROM paper WHERE id = ? OR title_key = ?", (name, fold(name))
    ).fetchone()
    if row is None:
        raise UnknownName(f"The graph has no paper {name!r}.", "Search for it: kg find WORDS")
    return paper_of(row[0])


def entity(store: Store, key: int) -> Entity:
    """Return an entity with its aliases."""
    found = store.entity_of(key)
    if found is None:
        raise UnknownName("The graph has no such entity.")
    return Entity(found.kind, found.id, found.name, store.aliases(key, found.name), found.broader)


def _kinds(kinds: Sequence[str]) -> str:
    return "entity" if len(kinds) == len(KINDS) else " or ".join(kind.lower() for kind in kinds)


def _near(store: Store, name: str, kinds: Sequence[str]) -> str:
    marks = ", ".join("?" * len(kinds))
    rows = store.db.execute(
        f"SELECT DISTINCT a.folded, e.name FROM alias a JOIN entity e ON e.key = a.entity"
        f" WHERE e.kind IN ({marks}) ORDER BY a.folded, e.name",
        tuple(kinds),
    ).fetchall()
    by_fold = dict(rows)
    near = difflib.get_close_matches(fold(name), list(by_fold), n=5, cutoff=0.6)
    near += sorted(f for f in by_fold if f.startswith(fold(name)) and fold(name))[:3]
    names = list(dict.fromkeys(by_fold[n] for n in near))[:5]
    return f"Did you mean: {', '.join(names)}?" if names else "Search for it: kg find WORDS"
