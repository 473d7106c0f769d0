"""Adding annotated papers to a graph file, so that the outcome never depends on the order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from kg.errors import GraphFileError
from kg.graph.store import Store
from kg.model import Annotation, Entity, Paper
from kg.resolve.identity import identifiers
from kg.resolve.ids import fold, title_key

Aliases = Callable[[str, str], tuple[str, ...]]


def digest(paper: Paper, version: str) -> str:
    """Return what a paper's links depend on: its record and the version of what annotates it."""
    content = json.dumps([paper.to_json(), version], sort_keys=True, ensure_ascii=False)
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Writer:
    """Writes annotations; each batch is one transaction, so that a killed build loses none before.

    Args:
        store: A store opened for writing.
        aliases: Returns the catalogue's aliases of (kind, id).
    """

    def __init__(self, store: Store, aliases: Aliases) -> None:
        self._db = store.db
        self._aliases = aliases
        self._keys: dict[tuple[str, str], int] = {}

    def write(self, batch: Iterable[tuple[Annotation, str, Sequence[str]]]) -> None:
        """Write papers with their digests; each takes the place of the papers named by their ids.

        Raises:
            GraphFileError: The file is locked, full or read-only; nothing of the batch is kept.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for annotation, mark, replaced in batch:
                    self._write(annotation, mark, replaced)
            except BaseException:
                self._db.execute("ROLLBACK")
                self._keys.clear()
                raise
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            hint = (
                "Another build is writing to it."
                if "locked" in str(error)
                else "Check space and rights."
            )
            raise GraphFileError(f"Cannot write to the graph file: {error}.", hint) from None

    def prune(self) -> None:
        """Remove entities that no paper names any more."""
        self._db.execute(
            "DELETE FROM entity WHERE key NOT IN (SELECT entity FROM link)"
            " AND key NOT IN (SELECT metric FROM result WHERE metric IS NOT NULL)"
            " AND key NOT IN (SELECT dataset FROM result WHERE dataset IS NOT NULL)"
            " AND key NOT IN (SELECT method FROM result WHERE method IS NOT NULL)"
        )
        self._keys.clear()

    def _write(self, annotation: Annotation, mark: str, replaced: Sequence[str]) -> None:
        paper = annotation.paper
        self._db.executemany("DELETE FROM paper WHERE id = ?", [(id,) for id in replaced])
        key = self._db.execute(
            "INSERT INTO paper (id, title_key, title, abstract, year, doi, arxiv_id, record, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                paper.id,
                title_key(paper.title),
                paper.title,
                paper.abstract,
                paper.year,
                paper.doi,
                paper.arxiv_id,
                json.dumps(paper.to_json(), ensure_ascii=False),
                mark,
            ),
        ).lastrowid
        if key is not None:
            self._write_names(key, paper)
            self._write_edges(key, annotation)

    def _write_names(self, key: int, paper: Paper) -> None:
        self._db.executemany(
            "INSERT INTO identifier VALUES (?, ?)", [(name, key) for name in identifiers(paper)]
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO reference VALUES (?, ?)", [(key, name) for name in paper.cites]
        )

    def _write_edges(self, key: int, annotation: Annotation) -> None:
        many = self._db.executemany
        many(
            "INSERT OR IGNORE INTO code VALUES (?, ?)", [(key, url) for url in annotation.code_urls]
        )
        entity = {e.key: self._entity(e) for e in annotation.entities}
        many(
            "INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, r.predicate, entity[r.kind, r.entity], r.field, r.start, r.end, r.rule)
                for r in annotation.relations
            ],
        )
        many(
            "INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, m.field, m.start, m.end, entity[m.kind, m.entity], m.rule, m.score)
                for m in annotation.mentions
            ],
        )
        many(
            "INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    key,
                    place,
                    r.value,
                    r.unit,
                    self._result(r.metric),
                    self._result(r.dataset),
                    self._result(r.method),
                    r.relative,
                    r.field,
                    r.start,
                    r.end,
                    r.rule,
                )
                for place, r in enumerate(annotation.results, 1)
            ],
        )

    def _result(self, entity: Entity | None) -> int | None:
        return self._entity(entity) if entity else None

    def _entity(self, entity: Entity) -> int:
        """Return the key of an entity, made on first use.

        Where papers write the name of an unknown entity differently, the smallest is kept, whichever
        paper comes first.
        """
        key = self._keys.get(entity.key)
        if key is None:
            key = int(
                self._db.execute(
                    "INSERT INTO entity (kind, id, name, broader) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (kind, id) DO UPDATE SET name = min(name, excluded.name)"
                    " RETURNING key",
                    (entity.kind, entity.id, entity.name, entity.broader),
                ).fetchone()[0]
            )
            self._keys[entity.key] = key
            self._alias(key, [entity.name, *self._aliases(*entity.key), *entity.aliases])
        else:
            self._db.execute(
                "UPDATE entity SET name = ? WHERE key = ? AND name > ?",
                (entity.name, key, entity.name),
            )
            self._alias(key, [entity.name, *entity.aliases])
        return key

    def _alias(self, key: int, names: Iterable[str]) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", [(key, n, fold(n)) for n in names]
        )
