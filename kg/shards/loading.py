"""Annotations that were made elsewhere go into a graph, as if they had been made by its build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg.errors import Problem
from kg.graph.annotations import annotation
from kg.graph.joining import Joined, join
from kg.graph.merging import unite
from kg.graph.rows import rows
from kg.graph.store import Store, paper_of
from kg.graph.writer import Writer, digest
from kg.model import Annotation, Entity, Paper
from kg.resolve.identity import identity
from kg.resolve.merge import Gathering
from kg.resolve.remarks import contradictions, namesakes, untitled
from kg.rulebook.names import Catalogue

#: Papers taken in at a time, and in one transaction.
PORTION, BATCH = 4_000, 200

#: An annotation, and the version of what made it.
Versioned = tuple[Annotation, str]


class Loader:
    """Loads annotations into a graph; papers that are the same become one, in whatever order they come.

    Args:
        store: The graph, opened for writing.
        catalogue: Where aliases of known entities stand.

    Attributes:
        read: Records taken in.
        papers: Ids of the papers among them, as they stand in the graph.
        added: Ids of those that were not in it before.
        updated: Ids of those that were, and have changed.
        problems: What there is to say of records that were merged, or could not be.
    """

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._writer = Writer(store, catalogue.entity)
        self._versions: set[str] = set()
        self._untitled: list[Versioned] = []
        self.read = 0
        self.papers: set[str] = set()
        self.added: set[str] = set()
        self.updated: set[str] = set()
        self.problems: list[Problem] = []

    def load(self, annotations: Iterable[Versioned]) -> None:
        """Add annotations to the graph."""
        meta = "SELECT value FROM meta WHERE name = 'version'"
        before = self._store.db.execute(meta).fetchone()
        self._versions.update(before[0].split() if before else ())
        # It comes back when the graph is whole again.
        self._store.db.execute("DELETE FROM meta WHERE name = 'version'")
        left = iter(annotations)
        while portion := list(islice(left, PORTION)):
            self.read += len(portion)
            self._take([*portion, *self._untitled])
        self.problems += [untitled(found.paper) for found, _ in self._untitled]
        self._writer.prune()
        self._store.db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('version', ?)", (" ".join(sorted(self._versions)),)
        )

    def _take(self, portion: list[Versioned]) -> None:
        gathering, parts = Gathering(), dict[str, list[Versioned]]()
        for found in portion:
            self._versions.add(found[1])
            gathering.add(found[0].paper)
            for name in identity(found[0].paper):
                parts.setdefault(name, []).append(found)
        listed = join(self._store, gathering)
        self._untitled = [part for j in listed if not j.paper.title for part in _of(j.paper, parts)]
        titled = (j for j in listed if j.paper.title)
        while batch := list(islice(titled, BATCH)):
            self._write(batch, parts)
        remarks = [*namesakes(j.paper for j in listed), *contradictions(gathering.conflicts)]
        self.problems += remarks

    def _write(self, batch: list[Joined], parts: dict[str, list[Versioned]]) -> None:
        made = []
        for joined in batch:
            found, mark = self._found(joined, _of(joined.paper, parts))
            self.papers.difference_update(joined.replaces)
            self.papers.add(joined.paper.id)
            if joined.marks == (mark,):
                continue
            fresh = self.added if self.added.issuperset(joined.replaces) else self.updated
            self.added.difference_update(joined.replaces)
            fresh.add(joined.paper.id)
            made.append((rows(found), mark, joined.replaces))
        self._writer.write(made)

    def _found(self, joined: Joined, parts: list[Versioned]) -> tuple[Annotation, str]:
        """Return what is known of a paper, and its digest.

        Where one of the records has the very text of the paper, all is known. Where title and abstract
        come from two, what was found in either is looked up in the text that won.
        """
        paper = joined.paper
        stored = list(self._stored(joined))
        if whole := _whole(paper, parts) or _whole(paper, stored):
            found, version = max(whole, key=lambda part: part[1])
            codes = tuple(dict.fromkeys([*found.code_urls, *paper.code_urls]))
            of_paper = Annotation(
                paper, found.mentions, found.entities, found.relations, found.results, codes
            )
            return of_paper, digest(paper, version)
        entities: dict[tuple[str, str], Entity] = {}
        for entity in (e for part, _ in parts + stored for e in _entities(part)):
            known = entities.setdefault(entity.key, entity)
            if (entity.name, entity.aliases) < (known.name, known.aliases):
                entities[entity.key] = entity
        return unite(paper, [part for part, _ in parts + stored], entities), digest(paper, "merged")

    def _stored(self, joined: Joined) -> Iterator[Versioned]:
        for id, mark in zip(joined.replaces, joined.marks, strict=True):
            key, record = self._store.db.execute(
                "SELECT key, record FROM paper WHERE id = ?", (id,)
            ).fetchone()
            paper = paper_of(record)
            made = (v for v in sorted(self._versions) if digest(paper, v) == mark)
            yield annotation(self._store, key, paper), next(made, "merged")


def _whole(paper: Paper, parts: list[Versioned]) -> list[Versioned]:
    """Return the annotations whose record has the very text of the paper."""
    text = paper.title, paper.abstract
    return [part for part in parts if (part[0].paper.title, part[0].paper.abstract) == text]


def _of(paper: Paper, parts: dict[str, list[Versioned]]) -> list[Versioned]:
    """Return the distinct annotations of a paper's records, in an order of their own."""
    found = {id(part): part for name in identity(paper) for part in parts.get(name, ())}
    return sorted(found.values(), key=lambda part: (part[1], repr(part[0].paper.to_json())))


def _entities(found: Annotation) -> Iterator[Entity]:
    yield from found.entities
    for result in found.results:
        yield from filter(None, (result.metric, result.dataset, result.method))
