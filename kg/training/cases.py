"""An annotated paper as the judge and the models of relations meet it, and how it turned out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.evaluate.scoring import Counts, align, keys, kind, norm
from kg.extract.candidates import Candidate
from kg.extract.pipeline import Work
from kg.extract.recogniser import judge
from kg.extract.recogniser.component import Key
from kg.extract.recogniser.network import Floats
from kg.extract.recogniser.relating import View
from kg.model import PREDICATES
from kg.rulebook.names import IGNORE
from kg.training.examples import Shown
from kg.training.gold import named

#: Kinds for which corpora of scientific names score exact stretches.
_EXACT = ("Method", "Task", "Dataset")


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
        chosen: The candidates that the judge takes.
        views: The entities that the judge chose.
        weighed: What the forest of relations knows of them, shape (entities, facts).
        holds: What the annotation says of them.
        names: Their names.
        surfaces: How they are written.
    """

    shown: Shown
    spans: Floats
    said: Floats
    ignored: set[int]
    evidence: dict[judge.Key, judge.Evidence]
    facts: Floats
    right: NDArray[np.bool_]
    chances: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    chosen: list[Candidate] = field(default_factory=list)
    views: dict[Key, View] = field(default_factory=dict)
    weighed: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    holds: dict[Key, str] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    surfaces: dict[Key, list[str]] = field(default_factory=dict)


def open_case(shown: Shown, opinion: tuple[Floats, Floats], known: Mapping[Key, str]) -> Case:
    """Return a paper as a case.

    Args:
        shown: The paper.
        opinion: Of a network that was not trained on it.
        known: Canonical names of the catalogue.
    """
    state = shown.work
    ignored = {i for c in state.settled if c.kind == IGNORE for i in range(c.start, c.end)}
    evidence = judge.gather(state.found, state.settled, opinion[0])
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


def record(case: Case, predicates: Mapping[Key, Sequence[str]]) -> dict[str, Any]:
    """Return a case's outcome in the shape of an annotation."""
    gold = case.shown.annotated.record
    # Figures are the rules' alone and are not scored here.
    out: dict[str, Any] = {"title": case.shown.annotated.paper.title}
    for name in ("results", "code_urls"):
        out[name] = gold.get(name, [])
    out["entities"] = _found(case)
    for predicate in PREDICATES[:-1]:
        out[predicate] = [case.names[k] for k in case.views if predicate in predicates[k]]
    return out


def _found(case: Case) -> list[dict[str, Any]]:
    return [
        {"type": key[0], "name": case.names[key], "surfaces": case.surfaces[key]}
        for key in case.views
    ]


def exact(case: Case) -> Counts:
    """Return hits, false finds and misses of exact stretches, kinds agreeing."""
    text, record = case.shown.work.text, case.shown.annotated.record
    wanted = {(n.start, n.end, n.kind) for n in named(text, record) if n.kind in _EXACT}
    found = {(c.start, c.end, c.kind) for c in case.chosen if c.kind in _EXACT}
    return Counts(len(wanted & found), len(found - wanted), len(wanted - found))


def holds(case: Case) -> dict[Key, str]:
    """Return what the annotation says of each entity that the judge chose."""
    gold = case.shown.annotated.record
    pairs = align(gold["entities"], _found(case))
    theirs = {p: gold["entities"][g]["name"] for g, p in pairs.items()}
    return {
        key: next((r for r in PREDICATES[:-1] if theirs.get(i) in gold.get(r, ())), "mentions")
        for i, key in enumerate(case.views)
    }
