"""Teaching the judge and the models of relations by the candidates of annotated papers.

The network's opinions must be of papers that it was not trained on; otherwise the judge would learn to
believe it blindly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from kg.errors import InputError
from kg.evaluate.scoring import Counts, Evaluation, add, evaluate
from kg.extract.ellipsis import Ellipses
from kg.extract.entities import Entities
from kg.extract.recogniser import judge, weighing
from kg.extract.recogniser.component import Reading, view
from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.network import Floats
from kg.extract.recogniser.relating import Paperwide, Relating
from kg.extract.relations import Relations
from kg.extract.tokenizer import PaperEnglish
from kg.model import PREDICATES
from kg.rulebook.book import Rulebook
from kg.training.cases import Case, exact, holds, open_case, record
from kg.training.examples import Shown
from kg.training.growing import grow
from kg.training.networks import part_of
from kg.training.relations import fit_relating

#: Weight of papers whose annotators' taste is not the house's.
_OTHERS = 0.75
_PARTS = 5

_Model = TypeVar("_Model")


class Bench:
    """Teaches the judge and the models of relations, and scores them.

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
        self._ellipses = Ellipses(rulebook.catalogue)
        self._entities = Entities(rulebook.catalogue)
        self._relations = Relations(nlp.tokenizer, rulebook.context)
        known = {key: name.name for key, name in rulebook.catalogue.names.items()}
        #: Hits, false finds and misses of exact stretches, kinds agreeing, over the house's papers.
        self.exact = Counts()
        self._cases = [open_case(s, opinions[s.annotated.paper.id], known) for s in shown]

    def learn(self) -> tuple[Forest, Relating, Forest]:
        """Return all models, taught by all papers; call `cross_validate` first.

        Each model learns from what those before it made of papers that they were not taught.
        """
        return self._grow(self._cases), self._relate(self._cases), self._weigh(self._cases)

    def cross_validate(self) -> dict[str, Evaluation]:
        """Return scores by origin of the house; each paper is judged by models not taught by it."""
        for case, forest in self._in_turn(self._grow, "judge"):
            case.chances = forest.chances(case.facts) if case.evidence else case.chances
        papers = {id(case): self._choose(case) for case in self._cases}
        house = [c for c in self._cases if c.shown.annotated.origin in self._house]
        self.exact = add(exact(c) for c in house)
        for case, linear in self._in_turn(self._relate, "relating"):
            if case.views:
                views = list(case.views.values())
                chances = np.array([linear.chances(v.facts) for v in views])
                case.weighed = weighing.describe(papers[id(case)], views, chances)
        records: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
        for case, forest in self._in_turn(self._weigh, "relating"):
            odds = forest.chances(case.weighed) if case.views else ()
            decided = map(weighing.holding, odds, case.views.values())
            held = dict(zip(case.views, decided, strict=True))
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
        facts = [v.facts for c in cases for v in c.views.values()]
        return fit_relating(facts, *self._said(cases))

    def _weigh(self, cases: Sequence[Case]) -> Forest:
        """Teach the forest that has the last word on relations."""
        said, weights = self._said(cases)
        numbers = np.array([PREDICATES.index(p) for p in said])
        facts = np.concatenate([c.weighed for c in cases if c.views])
        return grow(facts, numbers, len(PREDICATES), weights)

    def _said(self, cases: Sequence[Case]) -> tuple[list[str], list[float]]:
        """Return what holds of each entity, and how much it counts."""
        said = [h for c in cases for h in c.holds.values()]
        if len(set(said)) < 2:
            raise InputError(
                "The annotated papers are too few to learn from.", "Annotate thirty at least."
            )
        return said, [self._weight(c) for c in cases for _ in c.holds]

    def _choose(self, case: Case) -> Paperwide:
        """Let the judge choose the case's entities, and describe them; return the paper as a whole."""
        state = case.shown.work
        text = state.text
        case.chosen = chosen = judge.choose(case.evidence, case.chances, (), case.ignored)
        placed, case.names = self._entities.place(
            text, self._ellipses(text, chosen), state.definitions
        )
        said = self._relations.statements(text, placed)
        reading = Reading(case.shown.rows, case.spans, case.said)
        paper, case.views = view(reading, text, placed, said, state.definitions)
        for key, seen in case.views.items():
            spans = [(p.candidate.start, p.candidate.end) for p in seen.mentions]
            case.surfaces[key] = [text.slice(a, b) for a, b in spans]
        case.holds = holds(case)
        return paper
