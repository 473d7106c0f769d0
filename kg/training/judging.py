"""What the judge and the model of relations learn from: the candidates of annotated papers.

The network's opinions must be of papers that it was not trained on; otherwise the judge would learn to
believe it blindly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.evaluate.scoring import Counts, Evaluation, add, align, evaluate, keys, kind, norm
from kg.extract.candidates import Candidate, settle
from kg.extract.entities import Entities
from kg.extract.pipeline import Work
from kg.extract.recogniser import judge, relating
from kg.extract.recogniser.component import Key, Reading, describe
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.network import Floats
from kg.extract.recogniser.relating import Relating
from kg.extract.relations import Relations
from kg.extract.tokenizer import PaperEnglish
from kg.model import PREDICATES
from kg.rulebook.book import Rulebook
from kg.rulebook.names import IGNORE
from kg.training.examples import Shown
from kg.training.gold import named
from kg.training.growing import grow
from kg.training.networks import part_of
from kg.training.relations import fit_relating

#: Weight of papers whose annotators' taste is not the house's.
_OTHERS = 0.75
_PARTS = 5
#: Kinds for which corpora of scientific names score exact stretches.
_EXACT = ("Method", "Task", "Dataset")

_Model = TypeVar("_Model")


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
        related: What the model of relations knows of each entity that the judge chose.
        ruled: On which predicate the rules alone would settle for each.
        holds: What the annotation says of those.
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
    related: dict[Key, relating.Facts] = field(default_factory=dict)
    ruled: dict[Key, str] = field(default_factory=dict)
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
    settled = [p.candidate for p in state.placed]
    ignored = {i for c in settle(state.found) if c.kind == IGNORE for i in range(c.start, c.end)}
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


class Bench:
    """Teaches the judge and the model of relations, and scores them.

    Args:
        rulebook: The rules.
        nlp: Their pipeline.
        shown: The annotated papers.
        opinions: By id, of networks that were not taught the paper.
        house: Origins that count in full and are scored.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        nlp: PaperEnglish,
        shown: Sequence[Shown],
        opinions: Mapping[str, tuple[Floats, Floats]],
        house: Sequence[str],
    ) -> None:
        self._house = house
        self._entities = Entities(rulebook.catalogue)
        self._relations = Relations(nlp.tokenizer, rulebook.context)
        known = {key: name.name for key, name in rulebook.catalogue.names.items()}
        #: Hits, false finds and misses of exact stretches, kinds agreeing, over the house's papers.
        self.exact = Counts()
        self._cases = [open_case(s, opinions[s.annotated.paper.id], known) for s in shown]

    def learn(self) -> tuple[Forest, Relating]:
        """Return both models, taught by all papers; call `cross_validate` first.

        The model of relations learns from the entities of judges that were not taught the paper.
        """
        return self._grow(self._cases), self._relate(self._cases)

    def cross_validate(self) -> dict[str, Evaluation]:
        """Return scores by origin of the house; each paper is judged by models not taught by it."""
        for case, forest in self._in_turn(self._grow, "judge"):
            case.chances = forest.chances(case.facts) if case.evidence else case.chances
        for case in self._cases:
            self._choose(case)
        house = [c for c in self._cases if c.shown.annotated.origin in self._house]
        self.exact = add(_exact(c) for c in house)
        records: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
        for case, model in self._in_turn(self._relate, "relating"):
            held = {
                k: relating.holding(model.chances(f), case.ruled[k])
                for k, f in case.related.items()
            }
            annotated = case.shown.annotated
            gold = {**annotated.record, "title": annotated.paper.title}
            records[annotated.origin].append((gold, record(case, held)))
        return {
            origin: evaluate([g for g, _ in pairs], [f for _, f in pairs])
            for origin, pairs in sorted(records.items())
            if origin in self._house
        }

    def _in_turn(
        self, teach: Callable[[Sequence[Case]], _Model], salt: str
    ) -> Iterator[tuple[Case, _Model]]:
        for part in range(_PARTS):
            inside = [part_of(c.shown.annotated.paper, _PARTS, salt) == part for c in self._cases]
            model = teach([c for c, held in zip(self._cases, inside, strict=True) if not held])
            yield from ((c, model) for c, held in zip(self._cases, inside, strict=True) if held)

    def _weight(self, case: Case) -> float:
        return 1.0 if case.shown.annotated.origin in self._house else _OTHERS

    def _grow(self, cases: Sequence[Case]) -> Forest:
        """Teach the judge: the house's papers alone tell where its annotators draw the line."""
        told = [c for c in cases if c.evidence and c.shown.annotated.origin in self._house]
        return grow(
            np.concatenate([c.facts for c in told]), np.concatenate([c.right for c in told])
        )

    def _relate(self, cases: Sequence[Case]) -> Relating:
        facts = [f for c in cases for f in c.related.values()]
        holds = [h for c in cases for h in c.holds.values()]
        weights = [self._weight(c) for c in cases for _ in c.holds]
        if len(set(holds)) < 2:
            raise InputError(
                "The annotated papers are too few to learn from.", "Annotate thirty at least."
            )
        return fit_relating(facts, holds, weights)

    def _choose(self, case: Case) -> None:
        """Let the judge choose the case's entities, and describe their relations."""
        state = case.shown.work
        text = state.text
        case.chosen = chosen = judge.choose(case.evidence, case.chances, (), case.ignored)
        placed, case.names = self._entities.place(text, chosen, state.definitions)
        said = self._relations.statements(text, placed)
        reading = Reading(case.shown.rows, case.spans, case.said)
        for key, found, facts, ruled in describe(reading, text, placed, said, state.definitions):
            case.related[key], case.ruled[key] = facts, ruled
            case.surfaces[key] = [text.slice(p.candidate.start, p.candidate.end) for p in found]
        case.holds = _holds(case)


def record(case: Case, predicates: Mapping[Key, Sequence[str]]) -> dict[str, Any]:
    """Return a case's outcome in the shape of an annotation."""
    gold = case.shown.annotated.record
    # Figures are the rules' alone and are not scored here.
    out: dict[str, Any] = {"title": case.shown.annotated.paper.title}
    for name in ("results", "code_urls"):
        out[name] = gold.get(name, [])
    out["entities"] = _found(case)
    for predicate in PREDICATES[:-1]:
        out[predicate] = [case.names[k] for k in case.related if predicate in predicates[k]]
    return out


def _found(case: Case) -> list[dict[str, Any]]:
    return [
        {"type": key[0], "name": case.names[key], "surfaces": case.surfaces[key]}
        for key in case.related
    ]


def _exact(case: Case) -> Counts:
    text, record = case.shown.work.text, case.shown.annotated.record
    wanted = {(n.start, n.end, n.kind) for n in named(text, record) if n.kind in _EXACT}
    found = {(c.start, c.end, c.kind) for c in case.chosen if c.kind in _EXACT}
    return Counts(len(wanted & found), len(found - wanted), len(wanted - found))


def _holds(case: Case) -> dict[Key, str]:
    gold = case.shown.annotated.record
    pairs = align(gold["entities"], _found(case))
    theirs = {p: gold["entities"][g]["name"] for g, p in pairs.items()}
    return {
        key: next((r for r in PREDICATES[:-1] if theirs.get(i) in gold.get(r, ())), "mentions")
        for i, key in enumerate(case.related)
    }
