"""The nouns of paperkg, shared by every layer: immutable, without behaviour that needs a library.

The text side (`Paper`, `Mention`, `Annotation`) carries character offsets into the fields as they
were read; the graph side (`Entity`, `Link`, `Evidence`, `Result`) carries ids. Kinds and predicates
are defined in ontology/paperkg.ttl; `kg.vocabulary` checks that the tuples here agree with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.model.shown import Shown

#: Kinds of entity that a paper can name (Paper and Result are nodes of the graph, not of a text).
KINDS = ("Method", "Dataset", "Benchmark", "Task", "Metric")

#: What a paper may say of an entity, strongest first; `mentions` holds where nothing else does.
PREDICATES = (
    "introduces",
    "outperforms",
    "compares_with",
    "builds_on",
    "evaluated_on",
    "addresses",
    "mentions",
)


@dataclass(frozen=True, slots=True, repr=False)
class Paper(Shown):
    """A paper as a source gave it.

    Attributes:
        id: arXiv id, DOI or source id, else a slug of the normalised title.
        title: As read; offsets of mentions refer to it.
        abstract: As read; may be empty.
        authors: Full names in the order of the paper.
        date: ISO date, as exact as known: "2024", "2024-03" or "2024-03-12"; else None.
        venue: Journal or conference, else None.
        doi: Without resolver prefix, lower case, else None.
        arxiv_id: Without version, such as "2312.00752", else None.
        url: A landing page, else None.
        code_urls: Links to code that the source itself knows of.
        categories: Subject categories of the source.
        cites: Identifiers of papers that this one cites, where the source knows (`kg.resolve.identity`).
        sources: Names of the files that list the paper, sorted.
        ids: What else sources call it, sorted: "openalex:W27", "pmid:7", an id of their own, and any
            title, DOI or arXiv id that lost to another when records were merged ("title:…").
    """

    id: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    date: str | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    url: str | None = None
    code_urls: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of publication, where the date is known."""
        return int(self.date[:4]) if self.date and self.date[:4].isdigit() else None

    def text(self, field: str) -> str:
        """Return the field "title" or "abstract"."""
        return self.title if field == "title" else self.abstract

    def to_json(self) -> dict[str, Any]:
        """Return the paper as a JSON object; unknown values are left out."""
        out: dict[str, Any] = {"id": self.id, "title": self.title}
        for name in self.__slots__[2:]:
            value = getattr(self, name)
            if value:
                out[name] = list(value) if isinstance(value, tuple) else value
        return out

    def row(self) -> dict[str, Any]:
        """Return what a table shows of the paper."""
        return {"id": self.id, "title": self.title, "year": self.year, "venue": self.venue}


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity.

    Attributes:
        field: "title" or "abstract".
        start: First character, counted in the field as read.
        end: One past the last character.
        text: `paper.text(field)[start:end]`.
        kind: One of `KINDS`.
        entity: Id of the entity within its kind.
        rule: Name of the rule that found it, such as "names" or "title-prefix".
        score: Confidence of a learned find, in [0, 1]; None for rules.
    """

    field: str
    start: int
    end: int
    text: str
    kind: str
    entity: str
    rule: str
    score: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Entity(Shown):
    """A method, dataset, benchmark, task or metric; `kind` and `id` together are unique.

    Attributes:
        kind: One of `KINDS`.
        id: Slug, such as "cifar-10".
        name: Canonical name, such as "CIFAR-10".
        aliases: Other names and surfaces, sorted.
        broader: Id of the broader concept of the same kind, where the catalogue states one.
    """

    kind: str
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    broader: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the entity: (kind, id)."""
        return self.kind, self.id

    def to_json(self) -> dict[str, Any]:
        """Return the entity as a JSON object."""
        out: dict[str, Any] = {"kind": self.kind, "id": self.id, "name": self.name}
        if self.aliases:
            out["aliases"] = list(self.aliases)
        if self.broader:
            out["broader"] = self.broader
        return out


@dataclass(frozen=True, slots=True)
class Relation:
    """What a paper says of an entity, with the sentence that says so.

    Attributes:
        predicate: One of `PREDICATES`.
        kind: Kind of the entity.
        entity: Id of the entity.
        field: Field of the sentence.
        start: First character of the sentence.
        end: One past its last character.
        rule: Name of the rule that decided.
    """

    predicate: str
    kind: str
    entity: str
    field: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Result:
    """A figure that a paper reports.

    Attributes:
        value: The number as written, without unit: "83.8", "0.8~2", "three".
        unit: "%", "dB", "x", "points" … or "".
        metric: The measure, an entity of kind Metric, or None when the text names none.
        dataset: The data it was measured on, or None.
        method: The method it holds for, or None.
        relative: True for gains, ratios and comparisons.
        field: Field of the sentence.
        start: First character of the sentence.
        end: One past its last character.
        rule: Name of the rule that found it.
    """

    value: str
    unit: str
    metric: Entity | None
    dataset: Entity | None
    method: Entity | None
    relative: bool
    field: str
    start: int
    end: int
    rule: str

    def to_json(self) -> dict[str, Any]:
        """Return the result in the shape of the gold annotations: entities by name."""
        return {
            "value": self.value,
            "unit": self.unit,
            "metric": self.metric.name if self.metric else None,
            "dataset": self.dataset.name if self.dataset else None,
            "method": self.method.name if self.method else None,
            "relative": self.relative,
            "field": self.field,
            "start": self.start,
            "end": self.end,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything that was found in one paper.

    Attributes:
        paper: The paper itself.
        mentions: In reading order, never overlapping.
        entities: Distinct entities in order of first mention; `aliases` are the surfaces here.
        relations: At least one for every entity; sorted by predicate, then reading order.
        results: In reading order.
        code_urls: Where the text, or the source, says that the code is.
    """

    paper: Paper
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    code_urls: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the annotation as one JSON object (the shape of the gold files, and more)."""
        names = {entity.key: entity.name for entity in self.entities}
        out: dict[str, Any] = {
            "id": self.paper.id,
            "title": self.paper.title,
            "abstract": self.paper.abstract,
            **self.paper.to_json(),
            "mentions": [_mention_json(mention) for mention in self.mentions],
            "entities": [
                {
                    "id": entity.id,
                    "type": entity.kind,
                    "name": entity.name,
                    "surfaces": list(entity.aliases),
                }
                for entity in self.entities
            ],
        }
        for predicate in PREDICATES[:-1]:
            out[predicate] = [
                names[relation.kind, relation.entity]
                for relation in self.relations
                if relation.predicate == predicate
            ]
        out["results"] = [result.to_json() for result in self.results]
        out["code_urls"] = list(self.code_urls)
        out["relations"] = [
            {
                "predicate": relation.predicate,
                "type": relation.kind,
                "entity": relation.entity,
                "field": relation.field,
                "start": relation.start,
                "end": relation.end,
                "rule": relation.rule,
            }
            for relation in self.relations
        ]
        return out


def _mention_json(mention: Mention) -> dict[str, Any]:
    out: dict[str, Any] = {
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.kind,
        "entity": mention.entity,
        "rule": mention.rule,
    }
    if mention.score is not None:
        out["score"] = round(mention.score, 4)
    return out


def sorted_unique(items: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct items, sorted: the one order that never depends on the input's."""
    return tuple(sorted(set(items)))
