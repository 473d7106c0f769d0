"""Full-text search over names of entities and texts of papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.graph.store import Store
from kg.model import Listing, Shown
from kg.query.names import match
from kg.resolve.ids import fold

#: The index of names knows any three letters in a row; shorter words are looked up as beginnings.
_SHORTEST = 3


@dataclass(frozen=True, slots=True, repr=False)
class Hit(Shown):
    """A find of the search: an entity or a paper.

    Attributes:
        kind: "Paper" or a kind of entity.
        id: Its id.
        name: Its name or title.
        papers: Papers that name the entity; 1 for a paper.
        text: For a paper, the stretch that holds the words, each in [brackets].
    """

    kind: str
    id: str
    name: str
    papers: int
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the find as a JSON object."""
        out = {"kind": self.kind, "id": self.id, "name": self.name, "papers": self.papers}
        return {**out, "text": self.text} if self.text else out

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the find."""
        return {"kind": self.kind, "name": self.name, "id": self.id, "papers": self.papers}


def find(store: Store, words: str, limit: int = 20) -> Listing[Hit]:
    """Return entities whose names hold the words, most named first, then papers whose text does."""
    found = Listing(Hit(*row) for row in _entities(store, fold(words).split(), limit))
    rows = store.db.execute(
        "SELECT paper.id, paper.title, snippet(paper_text, -1, '[', ']', '…', 16)"
        " FROM paper_text JOIN paper ON key = paper_text.rowid"
        " WHERE paper_text MATCH ? ORDER BY rank, paper.id LIMIT ?",
        (match(words), max(0, limit - len(found))),
    ).fetchall()
    found += [Hit("Paper", id, title, 1, text) for id, title, text in rows]
    return found


def _entities(store: Store, words: list[str], limit: int) -> list[Any]:
    if not words:
        return []
    long = [word for word in words if len(word) >= _SHORTEST]
    short = [word for word in words if len(word) < _SHORTEST]
    if long:
        names = "SELECT a.entity FROM alias_text t JOIN alias a USING (entity, folded) WHERE alias_text MATCH ?"
        names += " AND ' ' || folded LIKE ?" * len(short)
        values: list[Any] = [match(" ".join(long)), *(f"% {word}%" for word in short)]
    else:
        start = " ".join(short)
        names = "SELECT entity FROM alias WHERE folded >= ? AND folded < ?"
        values = [start, start + "\U0010ffff"]
    return store.db.execute(
        "SELECT kind, id, name, (SELECT count(DISTINCT paper) FROM link WHERE entity = key) AS n"
        f" FROM entity WHERE key IN ({names}) ORDER BY n DESC, name, kind LIMIT ?",
        (*values, limit),
    ).fetchall()
