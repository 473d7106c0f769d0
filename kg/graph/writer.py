"""Adding annotated papers to a graph file, so that the outcome never depends on the order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import count
from typing import Any

from kg.graph.faults import in_plain_words
from kg.graph.rows import Key, Rows, rows
from kg.graph.settling import Known, settle, unsettle
from kg.graph.store import Store
from kg.model import Annotation, Paper
from kg.resolve.ids import fold

#: Entities whose keys are kept at most (some 60 MB); then they are looked up anew.
CACHE_SIZE = 200_000


def digest(paper: Paper, version: str) -> str:
    """Return what a paper's links depend on: its record and the version of what annotates it."""
    content = json.dumps([paper.to_json(), version], sort_keys=True, ensure_ascii=False)
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Writer:
    """Writes annotations; each batch is one transaction, so that a killed build loses none before.

    Args:
        store: A store opened for writing.
        known: Returns the catalogue's entity of (kind, id), or None.
    """

    def __init__(self, store: Store, known: Known) -> None:
        self._db = store.db
        self._known = known
        self._keys: dict[Key, tuple[int, str]] = {}
        self._named: set[tuple[int, str]] = set()
        self._seen = -1

    def write(self, batch: Iterable[tuple[Annotation | Rows, str, Sequence[str]]]) -> None:
        """Write papers with their digests; each takes the place of the papers named by their ids.

        Args:
            batch: Annotations, or the rows that another process has made of them.

        Raises:
            GraphFileError: The file is locked, full or read-only; nothing of the batch is kept.
        """
        listed = [
            (found if isinstance(found, Rows) else rows(found), mark, ids)
            for found, mark, ids in batch
        ]
        with in_plain_words():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._write(listed)
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back already.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                self._forget()
                raise

    def prune(self) -> None:
        """Remove entities that no paper names any more, and names that nothing gives any more."""
        self._db.execute(
            "DELETE FROM entity WHERE key NOT IN (SELECT entity FROM link)"
            " AND key NOT IN (SELECT metric FROM result WHERE metric IS NOT NULL)"
            " AND key NOT IN (SELECT dataset FROM result WHERE dataset IS NOT NULL)"
            " AND key NOT IN (SELECT method FROM result WHERE method IS NOT NULL)"
        )
        settle(self._db, self._known)
        self._forget()

    def _forget(self) -> None:
        self._keys.clear()
        self._named.clear()

    def _write(self, batch: Sequence[tuple[Rows, str, Sequence[str]]]) -> None:
        many = self._db.executemany
        gone = [id for _, _, ids in batch for id in ids]
        unsettle(self._db, gone)
        many("DELETE FROM paper WHERE id = ?", ((id,) for id in gone))
        self._know_entities(r for r, _, _ in batch)
        key = self._key
        papers = list(zip(self._free("paper"), batch, strict=False))
        many(
            "INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((paper, *r.paper, mark) for paper, (r, mark, _) in papers),
        )
        listed = [(paper, r) for paper, (r, _, _) in papers]
        many("INSERT INTO identifier VALUES (?, ?)", ((n, p) for p, r in listed for n in r.names))
        many(
            "INSERT OR IGNORE INTO reference VALUES (?, ?)",
            ((p, name) for p, r in listed for name in r.cites),
        )
        many(
            "INSERT OR IGNORE INTO code VALUES (?, ?)", ((p, u) for p, r in listed for u in r.code)
        )
        many(
            "INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((p, link[0], key(link[1]), *link[2:]) for p, r in listed for link in r.links),
        )
        many(
            "INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((p, *m[:3], key(m[3]), *m[4:]) for p, r in listed for m in r.mentions),
        )
        many(
            "INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (p, *f[:3], *(name and key(name) for name in f[3:6]), *f[6:])
                for p, r in listed
                for f in r.results
            ),
        )

    def _free(self, table: str) -> Iterator[int]:
        """Yield the integer keys that are free behind the last one in use."""
        (last,) = self._db.execute(f"SELECT coalesce(max(key), 0) FROM {table}").fetchone()
        yield from count(last + 1)

    def _key(self, entity: Key) -> int:
        return self._keys[entity][0]

    def _know_entities(self, batch: Iterable[Rows]) -> None:
        """Make the entities that are new, and see to it that the key of each is at hand.

        Where papers write the name of an unknown entity differently, the smallest is kept, whichever
        paper comes first.
        """
        (now,) = self._db.execute("PRAGMA data_version").fetchone()
        if now != self._seen or len(self._keys) > CACHE_SIZE:  # another build has written meanwhile
            self._forget()
            self._seen = now
        free = self._free("entity")
        made: list[tuple[Any, ...]] = []
        renamed: dict[int, str] = {}
        aliases: list[tuple[int, str, str]] = []
        for found in batch:
            for kind, id, name, broader, names in found.entities:
                known = self._keys.get((kind, id)) or self._stored(kind, id)
                if known is None:
                    known = next(free), name
                    made.append((known[0], kind, id, name, broader))
                    listed = self._known(kind, id)
                    catalogued = ((n, fold(n)) for n in (listed.aliases if listed else ()))
                    aliases += self._unsaid(known[0], catalogued)
                elif name < known[1]:
                    known = (known[0], name)
                    renamed[known[0]] = name
                self._keys[kind, id] = known
                aliases += self._unsaid(known[0], names)
        many = self._db.executemany
        many("INSERT INTO entity VALUES (?, ?, ?, ?, ?)", made)
        many("UPDATE entity SET name = ? WHERE key = ?", ((n, key) for key, n in renamed.items()))
        many("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", aliases)

    def _stored(self, kind: str, id: str) -> tuple[int, str] | None:
        found: tuple[int, str] | None = self._db.execute(
            "SELECT key, name FROM entity WHERE kind = ? AND id = ?", (kind, id)
        ).fetchone()
        return found

    def _unsaid(self, key: int, names: Iterable[tuple[str, str]]) -> list[tuple[int, str, str]]:
        """Return rows for the names of an entity that have not been written before."""
        fresh = [(key, name, folded) for name, folded in names if (key, name) not in self._named]
        self._named.update(row[:2] for row in fresh)
        return fresh
