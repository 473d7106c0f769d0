"""The recogniser at work on one paper: read it, settle its candidates, relate its entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kg.extract.abbreviations import Definition
from kg.extract.candidates import Candidate
from kg.extract.recogniser import judge, relating, weighing
from kg.extract.recogniser.features import Rows
from kg.extract.recogniser.network import Floats
from kg.extract.recogniser.weights import Weights
from kg.extract.relations import Placed, Statement, decide
from kg.extract.tokens import Tokens
from kg.model import PREDICATES
from kg.rulebook.names import IGNORE

Key = tuple[str, str]


class Reading(NamedTuple):
    """What the network makes of a paper: its rows, and the probabilities of both heads."""

    rows: Rows
    spans: Floats
    said: Floats


class Recogniser:
    """Applies the weights.

    Args:
        weights: As loaded; see `kg.extract.recogniser.weights.load`.
        sure: Entities (kind, id) that are taken wherever their names stand: a user's own.
    """

    def __init__(self, weights: Weights, sure: Collection[Key] = ()) -> None:
        self._weights = weights
        self._features = weights.features()
        self._sure = frozenset(sure)

    def read(self, text: Tokens, found: Sequence[Candidate]) -> Reading:
        """Return the network's view of a text in which the rules found some candidates."""
        rows = self._features(text, found)
        return Reading(rows, *self._weights.network.predict(rows))

    def settle(
        self,
        reading: Reading,
        text: Tokens,
        found: Sequence[Candidate],
        settled: Sequence[Candidate],
        definitions: Sequence[Definition],
    ) -> list[Candidate]:
        """Return the candidates that name an entity.

        Args:
            reading: Of the text.
            text: The tokens.
            found: What the rules found, overlapping.
            settled: What the rules alone would take.
            definitions: Abbreviations that the paper defines.
        """
        evidence = judge.gather(found, settled, reading.spans)
        if not evidence:
            return []
        ignored = {i for c in settled if c.kind == IGNORE for i in range(c.start, c.end)}
        facts = judge.describe(text, evidence, reading.spans, definitions, ignored)
        chances = self._weights.forest.chances(facts)
        return judge.choose(evidence, chances, self._sure, ignored)

    def relate(
        self,
        reading: Reading,
        text: Tokens,
        placed: Sequence[Placed],
        said: Mapping[Key, Sequence[Statement]],
        definitions: Sequence[Definition],
    ) -> dict[Key, list[Statement]]:
        """Return what holds between the paper and each entity, likeliest first.

        A relation keeps the rule and the sentence of the heaviest rule that says the same; where none
        does, it is the recogniser's own, with the sentence that speaks for it most.

        Args:
            reading: Of the text.
            text: The tokens.
            placed: Mentions with their entities, in reading order.
            said: What the rules say of each entity.
            definitions: Abbreviations that the paper defines.
        """
        paper, views = view(reading, text, placed, said, definitions)
        if not views:
            return {}
        linear = np.array([self._weights.relating.chances(v.facts) for v in views.values()])
        facts = weighing.describe(paper, list(views.values()), linear)
        chances = self._weights.weighing.chances(facts)
        return {
            key: [
                _statement(predicate, v, reading.said, text)
                for predicate in weighing.holding(odds, v)
            ]
            for (key, v), odds in zip(views.items(), chances, strict=True)
        }


def view(
    reading: Reading,
    text: Tokens,
    placed: Sequence[Placed],
    said: Mapping[Key, Sequence[Statement]],
    definitions: Sequence[Definition],
) -> tuple[relating.Paperwide, dict[Key, relating.View]]:
    """Return the paper and its entities as the models of relations see them.

    The arguments are those of `Recogniser.relate`; training describes entities by the same.
    """
    paper = relating.paperwide(text, reading.rows, reading.said)
    views = {}
    for key, mentions in _by_entity(placed).items():
        defined, statements = _is_defined(mentions, definitions), said[key]
        facts = relating.describe(paper, mentions, statements, defined)
        ruled = decide(statements)[0].predicate
        views[key] = relating.View(key[0], mentions, statements, ruled, defined, facts)
    return paper, views


def _by_entity(placed: Sequence[Placed]) -> dict[Key, list[Placed]]:
    """Return the mentions of each entity (kind, id)."""
    mentions: dict[Key, list[Placed]] = defaultdict(list)
    for p in placed:
        mentions[p.kind, p.entity].append(p)
    return mentions


def _is_defined(mentions: Sequence[Placed], definitions: Sequence[Definition]) -> bool:
    """Return whether a mention stands in an abbreviation's definition."""
    return any(
        (m.candidate.start < d.long_end and d.long_start < m.candidate.end)
        or (m.candidate.start < d.short_end and d.short_start < m.candidate.end)
        for m in mentions
        for d in definitions
    )


def _statement(predicate: str, view: relating.View, said: Floats, text: Tokens) -> Statement:
    agreeing = [s for s in view.statements if s.predicate == predicate]
    if agreeing:
        return max(agreeing, key=lambda s: (s.weight, -s.sentence))
    column = said[[m.candidate.start for m in view.mentions], PREDICATES.index(predicate)]
    best = view.mentions[int(np.argmax(column))]
    return Statement(predicate, 0, judge.RULE, text.sentence(best.candidate.start))
