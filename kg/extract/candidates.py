"""What every finder of names yields, and the one policy by which overlapping finds are settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Candidate(NamedTuple):
    """A stretch of tokens that may name an entity.

    Attributes:
        start: First token.
        end: One past the last token.
        kind: One of `kg.model.KINDS`, or `kg.rulebook.names.IGNORE`.
        id: Catalogue id, or "" for a name that no catalogue knows.
        rule: Name of the rule that found it.
        rank: Trust in the rule; the higher wins an overlap (see `RANKS`).
        score: Confidence of a learned find, else None.
        over: Other meanings that the surface could have had, for `kg explain`.
    """

    start: int
    end: int
    kind: str
    id: str
    rule: str
    rank: int
    score: float | None = None
    over: tuple[str, ...] = ()


#: Trust in what found a candidate, most trusted first. Within a rank the longer find wins, then the
#: earlier: "Vision Transformer" before "Transformer". What a paper itself says of a name (a
#: definition, a proposal) beats what a catalogue says; both beat a guess by shape.
RANKS = {"definition": 5, "title": 4, "names": 3, "context": 2, "shape": 1}


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates without overlaps, in reading order.

    The find of higher rank wins; of equal rank the longer, then the earlier. Sorting first makes the outcome independent of the order in which rules ran.
    """
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=_trust):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            chosen.append(candidate)
            taken.update(span)
    return sorted(chosen)


def _trust(candidate: Candidate) -> tuple[int, int, int, str, str, str]:
    length = candidate.end - candidate.start
    return (-candidate.rank, -length, candidate.start, candidate.kind, candidate.id, candidate.rule)
