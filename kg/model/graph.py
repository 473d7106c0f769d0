"""The nouns of the graph side: what carries ids, and what a build did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.errors import Problem
from kg.model.shown import Shown


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the graph: what a paper says of an entity (see `Relation`)."""

    paper: str
    predicate: str
    kind: str
    entity: str
    field: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, repr=False)
class Evidence(Shown):
    """The words behind an edge of the graph.

    Attributes:
        paper: Id of the paper.
        predicate: What the paper says of the entity.
        kind: Kind of the entity.
        entity: Id of the entity.
        field: "title" or "abstract".
        start: First character of the sentence in the field.
        end: One past its last character.
        text: The sentence itself.
        rule: Name of the rule that decided.
        highlights: (start, end) of the entity's mentions inside `text`.
    """

    paper: str
    predicate: str
    kind: str
    entity: str
    field: str
    start: int
    end: int
    text: str
    rule: str
    highlights: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the evidence as a JSON object."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {**values, "highlights": [list(span) for span in self.highlights]}

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the evidence."""
        return {
            "paper": self.paper,
            "predicate": self.predicate,
            "entity": f"{self.kind}:{self.entity}",
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        listings: Records read, repeated papers included.
        papers: Distinct papers among them.
        added: Papers that were not in the graph before.
        updated: Papers whose text, record or rules changed.
        unchanged: Papers that were already there as they are.
        entities: Entities in the graph after the build.
        links: Links from papers to entities in the graph after the build.
        results: Results in the graph after the build.
        problems: Records that could not be used.
        refreshed: Papers that were not read, and annotated anew by the rules of now.
    """

    listings: int = 0
    papers: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    entities: int = 0
    links: int = 0
    results: int = 0
    problems: tuple[Problem, ...] = ()
    refreshed: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        counts = {name: getattr(self, name) for name in self.__slots__ if name != "problems"}
        return {**counts, "problems": [problem.to_json() for problem in self.problems]}
