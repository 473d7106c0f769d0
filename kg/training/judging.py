"""What the judge and the model of relations learn from: the candidates of annotated papers.

The network's opinions must be of papers that it was not trained on; otherwise the judge would learn to
believe it blindly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.evaluate.scoring import align, keys, kind, norm
from kg.extract.candidates import Candidate, settle
from kg.extract.pipeline import Entities, Work
from kg.extract.recogniser import judge, relating
from kg.extract.recogniser.component import Key, by_entity, is_defined
from kg.extract.recogniser.network import Floats
from kg.extract.relations import Relations, Statement
from kg.model import PREDICATES
from kg.rulebook.names import IGNORE
from kg.training.examples import Shown


@dataclass(slots=True)
class Case:
    """An annotated paper before the judge.

    Attributes:
        shown: The paper.
        spans: The network's opinion on spans.
        said: Its opinion on relations.
        ignored: Tokens inside phrases to be ignored.
        evidence: The candidates.
        facts: Their description.
        right: Which of them name an entity of the annotation.
        chances: What the judge thinks of them.
        related: What the model of relations knows of each entity that the judge chose.
        holds: What the annotation says of those.
        names: Their names.
        surfaces: How they are written.
        rules: What the rules say of them.
    """

    shown: Shown
    spans: Floats
    said: Floats
    ignored: set[int]
    evidence: dict[judge.Key, judge.Evidence]
    facts: Floats
    right: NDArray[np.bool_]
    chances: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    related: dict[Key, relating.Facts] = field(default_factory=dict)
    holds: dict[Key, str] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    surfaces: dict[Key, list[str]] = field(default_factory=dict)
    rules: dict[Key, list[Statement]] = field(default_factory=dict)


def open_case(shown: Shown, opinion: tuple[Floats, Floats], known: Mapping[Key, str]) -> Case:
    """Return a paper as a case.

    Args:
        shown: The paper.
        opinion: Of a network that was not trained on it.
        known: Canonical names of the catalogue.
    """
    state = shown.work
    settled = [p.candidate for p in state.placed]
    ignored = {
        i for c in settle(state.found) if c.kind == IGNORE for i in range(c.start, c.end)
    }
    evidence = judge.gather(state.found, settled, opinion[0])
    facts = judge.describe(state.text, evidence, opinion[0], state.definitions, ignored)
    gold = [(kind(e["type"]), keys(e)) for e in shown.annotated.record["entities"]]
    right = np.array(
        [_names(state, key, e, gold, known) for key, e in evidence.items()], dtype=np.bool_
    )
    return Case(shown, *opinion, ignored, evidence, facts, right)


def _names(
    state: Work,
    key: judge.Key,
    evidence: judge.Evidence,
    gold: Sequence[tuple[str, set[str]]],
    known: Mapping[Key, str],
) -> bool:
    forms = {norm(state.text.slice(key[0], key[1]))}
    forms |= {norm(known[c.kind, c.id]) for c in evidence.finds if (c.kind, c.id) in known}
    return any(kind(key[2]) == k and forms & theirs for k, theirs in gold)


def choose(case: Case, threshold: float = judge.THRESHOLD) -> list[Candidate]:
    """Return the candidates that the judge takes."""
    return judge.choose(case.evidence, case.chances, (), case.ignored, threshold)


def relate(case: Case, entities: Entities, relations: Relations, text_doc: Any) -> None:
    """Fill in what the model of relations learns from, for the entities that the judge takes."""
    state = case.shown.work
    text = state.text
    text.doc = text_doc
    placed, names = entities.place(text, choose(case), state.definitions)
    case.names = names
    case.rules = dict(relations.statements(text, placed))
    paper = relating.paperwide(text, case.shown.rows, case.said)
    mentions = by_entity(placed)
    case.related = {
        key: relating.describe(paper, found, case.rules[key], is_defined(found, state.definitions))
        for key, found in mentions.items()
    }
    case.surfaces = {
        key: [text.slice(p.candidate.start, p.candidate.end) for p in found]
        for key, found in mentions.items()
    }
    case.holds = _holds(case)


def record(case: Case, predicates: Mapping[Key, Sequence[str]]) -> dict[str, Any]:
    """Return a case's outcome in the shape of an annotation."""
    gold = case.shown.annotated.record
    out: dict[str, Any] = {"title": case.shown.annotated.paper.title, "results": gold.get("results")}
    out["entities"] = [
        {"type": key[0], "name": case.names[key], "surfaces": case.surfaces[key]}
        for key in case.related
    ]
    for predicate in PREDICATES[:-1]:
        out[predicate] = [case.names[k] for k in case.related if predicate in predicates[k]]
    return out


def _holds(case: Case) -> dict[Key, str]:
    gold = case.shown.annotated.record
    found = [
        {"type": key[0], "name": case.names[key], "surfaces": case.surfaces[key]}
        for key in case.related
    ]
    pairs = align(gold["entities"], found)
    theirs = {p: gold["entities"][g]["name"] for g, p in pairs.items()}
    return {
        key: next((r for r in PREDICATES[:-1] if theirs.get(i) in gold.get(r, ())), "mentions")
        for i, key in enumerate(case.related)
    }
