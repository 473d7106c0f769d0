"""Why something was found in a text: the rule, and what it was chosen over; as data and as HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from kg.extract.annotator import Annotator
from kg.extract.candidates import Candidate
from kg.extract.pipeline import Work
from kg.extract.relations import Placed
from kg.model import Annotation, Paper


@dataclass(frozen=True, slots=True)
class Explanation:
    """An annotation with what its finds and decisions were chosen over.

    Attributes:
        annotation: What was found.
        mentions: For each mention, other senses of its words and finds that it overlaps.
        relations: For each relation, what other rules said of the entity.
    """

    annotation: Annotation
    mentions: tuple[tuple[str, ...], ...]
    relations: tuple[tuple[str, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the annotation as JSON; mentions and relations say what they were chosen over."""
        out = self.annotation.to_json()
        for key, overs in (("mentions", self.mentions), ("relations", self.relations)):
            for record, over in zip(out[key], overs, strict=True):
                record["over"] = list(over)
        return out


def explain(annotator: Annotator, paper: Paper) -> Explanation:
    """Annotate one paper and say what every find was chosen over.

    Example:
        >>> paper = Paper("x", "", "We train a Vision Transformer on CIFAR-10.")
        >>> found = explain(Annotator(), paper)
        >>> found.mentions[0]
        ('Transformer (Method transformer, names)',)
    """
    annotation, state = annotator.trace(paper)
    at: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in state.found:
        for i in range(candidate.start, candidate.end):
            at[i].append(candidate)
    mentions = tuple(tuple(dict.fromkeys(_beaten(state, at, p))) for p in state.placed)
    relations = tuple(
        tuple(
            dict.fromkeys(
                f"{s.predicate} ({s.rule})"
                for s in state.said[relation.kind, relation.entity]
                if s.predicate != relation.predicate
            )
        )
        for relation in annotation.relations
    )
    return Explanation(annotation, mentions, relations)


def _beaten(state: Work, at: dict[int, list[Candidate]], placed: Placed) -> Iterator[str]:
    chosen = placed.candidate
    yield from chosen.over
    for i in range(chosen.start, chosen.end):
        for other in at[i]:
            if other.kind != placed.kind or other.id not in ("", placed.entity):
                yield _named(state, other)


def _named(state: Work, candidate: Candidate) -> str:
    what = f"{candidate.kind} {candidate.id}".strip()
    return f"{state.text.slice(candidate.start, candidate.end)} ({what}, {candidate.rule})"


def html(explanation: Explanation, colours: dict[str, str]) -> str:
    """Return a page that shows the text with its entities (spaCy's displaCy), and tables below.

    Args:
        explanation: What to show.
        colours: CSS colour by kind.
    """
    from spacy import displacy

    annotation = explanation.annotation
    docs: list[dict[str, Any]] = [
        {
            "text": annotation.paper.text(field),
            "ents": [
                {"start": m.start, "end": m.end, "label": escape(f"{m.kind} · {m.rule}")}
                for m in annotation.mentions
                if m.field == field
            ],
            "title": None,
        }
        for field in ("title", "abstract")
        if annotation.paper.text(field)
    ]
    labels = {
        entity["label"]: entity["label"].split(" ")[0] for doc in docs for entity in doc["ents"]
    }
    options = {"colors": {label: colours.get(kind, "#ddd") for label, kind in labels.items()}}
    page: str = displacy.render(
        docs, style="ent", manual=True, page=True, jupyter=False, options=options
    )
    page = page.replace("<head>", '<head>\n        <meta charset="utf-8">', 1)
    page = page.replace("<title>displaCy</title>", "<title>kg explain</title>", 1)
    head, body_end, tail = page.rpartition("</body>")
    return head + "".join(_tables(explanation)) + body_end + tail


def _tables(explanation: Explanation) -> Iterator[str]:
    annotation = explanation.annotation
    names = {entity.key: entity.name for entity in annotation.entities}
    yield _table(
        ("text", "kind", "entity", "rule", "chosen over"),
        [
            (m.text, m.kind, names[m.kind, m.entity], m.rule, "; ".join(over))
            for m, over in zip(annotation.mentions, explanation.mentions, strict=True)
        ],
    )
    yield _table(
        ("relation", "entity", "rule", "chosen over"),
        [
            (r.predicate, names[r.kind, r.entity], r.rule, "; ".join(over))
            for r, over in zip(annotation.relations, explanation.relations, strict=True)
        ],
    )


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    def line(cells: tuple[str, ...], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f'<table style="margin: 2rem 0; text-align: left">{line(columns, "th")}{body}</table>\n'
