"""Opening a graph file, and the sorted streams from which everything else is made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.errors import GraphFileError
from kg.graph.faults import in_plain_words
from kg.graph.schema import APPLICATION_ID, SCHEMA, VERSION
from kg.model import Entity, Link, Mention, Paper, Result

#: Seconds to wait for another program that is writing.
PATIENCE = 10.0

_TUPLES = ("authors", "code_urls", "categories", "cites", "sources", "ids")


class Store:
    """A graph file, or a graph in memory.

    Attributes:
        path: The file; None for a graph in memory.
        db: The database, for queries in SQL.
    """

    def __init__(self, db: sqlite3.Connection, path: Path | None) -> None:
        self.db = db
        self.path = path

    @classmethod
    def open(cls, path: Path | None = None, *, write: bool = False) -> Store:
        """Open a graph file; make it where it is missing and `write` is set.

        Args:
            path: The file; None makes an empty graph in memory.
            write: Whether papers will be added.

        Raises:
            GraphFileError: The file is missing, not a graph file, of a newer version, or cannot be
                opened.
        """
        if path is not None and not write and not path.is_file():
            raise GraphFileError(
                f"There is no graph file {path}.", f"Build one: kg build PAPERS -o {path}"
            )
        with in_plain_words(path):
            db = _connect(path, write)
            try:
                if write or path is None:
                    _create(db, on_disk=path is not None)
                _check(db, path)
            except BaseException:
                db.close()
                raise
        return cls(db, path)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def count(self, table: str) -> int:
        """Return the number of rows of a table."""
        return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def papers(self) -> Iterator[Paper]:
        """Yield all papers, by id."""
        for (record,) in self.db.execute("SELECT record FROM paper ORDER BY id"):
            yield paper_of(record)

    def entities(self) -> Iterator[Entity]:
        """Yield all entities with their aliases, by kind and id."""
        for key, kind, id, name, broader in self.db.execute(
            "SELECT key, kind, id, name, broader FROM entity ORDER BY kind, id"
        ):
            yield Entity(kind, id, name, self.aliases(key, name), broader)

    def aliases(self, key: int, name: str) -> tuple[str, ...]:
        """Return the other names of an entity, sorted: the catalogue's and those seen in papers."""
        rows = self.db.execute("SELECT name FROM alias WHERE entity = ? ORDER BY name", (key,))
        return tuple(alias for (alias,) in rows if alias != name)

    def citations(self) -> Iterator[tuple[str, str]]:
        """Yield the ids of (a paper, a paper of this graph that it cites), sorted."""
        yield from self.db.execute(
            "SELECT p.id, o.id FROM citation c JOIN paper p ON p.key = c.paper"
            " JOIN paper o ON o.key = c.cited ORDER BY p.id, o.id"
        )

    def names(self) -> list[Entity]:
        """Return the names that inputs brought for the catalogue of this graph, sorted."""
        row = self.db.execute("SELECT value FROM meta WHERE name = 'names'").fetchone()
        listed = json.loads(row[0]) if row else []
        return [Entity(kind, id, name, tuple(aliases)) for kind, id, name, aliases in listed]

    def keep_names(self, names: Iterable[Entity]) -> None:
        """Keep names for the catalogue of this graph, in place of those kept before."""
        listed = sorted([n.kind, n.id, n.name, list(n.aliases)] for n in names)
        self.db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('names', ?)",
            (json.dumps(listed, ensure_ascii=False),),
        )

    def links(self) -> Iterator[Link]:
        """Yield all links, by paper, predicate, kind and entity."""
        for row in self.db.execute(
            "SELECT p.id, l.predicate, e.kind, e.id, l.field, l.start, l.stop, l.rule"
            " FROM paper p JOIN link l ON l.paper = p.key JOIN entity e ON e.key = l.entity"
            " ORDER BY p.id, l.predicate, e.kind, e.id"
        ):
            yield Link(*row)

    def mentions(self, paper: str) -> list[Mention]:
        """Return the mentions in a paper, in reading order."""
        rows = self.db.execute(
            "SELECT m.field, m.start, m.stop, substr(CASE m.field WHEN 'title' THEN p.title"
            " ELSE p.abstract END, m.start + 1, m.stop - m.start), e.kind, e.id, m.rule, m.score"
            " FROM paper p JOIN mention m ON m.paper = p.key JOIN entity e ON e.key = m.entity"
            " WHERE p.id = ? ORDER BY m.field DESC, m.start",
            (paper,),
        )
        return [Mention(*row) for row in rows]

    def results(self) -> Iterator[tuple[str, int, Result]]:
        """Yield all results as (paper id, place in the paper from 1, result), by paper and place."""
        for row in self.db.execute(
            "SELECT p.id, r.place, r.value, r.unit, r.metric, r.dataset, r.method, r.relative,"
            " r.field, r.start, r.stop, r.rule FROM paper p JOIN result r ON r.paper = p.key"
            " ORDER BY p.id, r.place"
        ):
            metric, dataset, method = (self.entity_of(key) for key in row[4:7])
            yield (
                row[0],
                row[1],
                Result(
                    row[2],
                    row[3],
                    metric,
                    dataset,
                    method,
                    bool(row[7]),
                    row[8],
                    row[9],
                    row[10],
                    row[11],
                ),
            )

    def entity_of(self, key: int | None) -> Entity | None:
        """Return the entity of an integer key."""
        if key is None:
            return None
        kind, id, name, broader = self.db.execute(
            "SELECT kind, id, name, broader FROM entity WHERE key = ?", (key,)
        ).fetchone()
        return Entity(kind, id, name, (), broader)


def paper_of(record: str) -> Paper:
    """Return the paper of a stored record."""
    values: dict[str, Any] = json.loads(record)
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    return Paper(**values)


def _connect(path: Path | None, write: bool) -> sqlite3.Connection:
    """Open a database; a finished one can be read where nothing may be written, not even a lock."""
    target = "file::memory:" if path is None else path.resolve().as_uri()
    modes = [] if path is None else ["?mode=rwc"] if write else ["?mode=ro", "?mode=ro&immutable=1"]
    for mode in modes or [""]:
        db = sqlite3.connect(target + mode, uri=True, isolation_level=None, timeout=PATIENCE)
        try:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("SELECT 1 FROM sqlite_schema")
        except sqlite3.OperationalError:
            db.close()
            if mode != "?mode=ro" or _unfinished(path):
                raise
        else:
            break
    return db


def _unfinished(path: Path | None) -> bool:
    """Return whether a part of a graph still stands in the file beside it."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _create(db: sqlite3.Connection, on_disk: bool) -> None:
    """Make the tables of an empty file, all or none: a build may be killed at any moment."""
    if on_disk:
        db.execute("PRAGMA synchronous = NORMAL")
    if db.execute("SELECT 1 FROM sqlite_schema").fetchone():
        return
    if on_disk:
        db.execute("PRAGMA journal_mode = WAL")
    db.executescript(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {VERSION}; {SCHEMA} COMMIT;"
    )


def _check(db: sqlite3.Connection, path: Path | None) -> None:
    if not db.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise GraphFileError(
            f"{path} is empty; its build was stopped before the first paper.", "Build it again."
        )
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if owner != APPLICATION_ID:
        raise GraphFileError(
            f"{path} is not a graph file.", "Name a file that `kg build` has written."
        )
    if version > VERSION:
        raise GraphFileError(
            f"{path} was written by a newer paperkg (format {version}, this one reads {VERSION}).",
            "Upgrade: pip install -U paperkg",
        )
    if version < VERSION:
        raise GraphFileError(
            f"{path} was written by an older paperkg (format {version}, this one reads {VERSION}).",
            "Build it anew from your papers: kg build PATHS -o NEW.kg",
        )
