"""Which relation may hold between a paper and an entity, by a linear model over what stands around it.

The words beside each mention and in its sentences, what the rules say, how the entity is written and
what the network's second head thinks are hashed into one row of weights each; the weights of an
entity's facts are summed and a softmax makes probabilities of the sums (multinomial logistic regression;
feature hashing after Weinberger et al., ICML 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from kg.extract.recogniser.features import Rows
from kg.extract.recogniser.network import Floats, softmax
from kg.extract.relations import Placed, Statement
from kg.extract.tokens import Tokens
from kg.model import PREDICATES

#: Rows of the table of weights.
SIZE = 1 << 15
#: Numbers that stand beside the hashed facts: means and maxima of the network's second head.
DENSE = 2 * len(PREDICATES)

_OWN = frozenset("we our us ours paper work study propose proposed present introduce".split())
_SLOTS = ("L1", "L2", "L3", "L3", "L4", "L4"), ("R1", "R2", "R3", "R3", "R4", "R4")
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 15)

Rowset = NDArray[np.int64]


class Facts(NamedTuple):
    """What is known of an entity in a paper: rows of the table of weights, and `DENSE` numbers."""

    rows: Rowset
    dense: Floats


class View(NamedTuple):
    """An entity of a paper, as all that judges its relation see it.

    Attributes:
        kind: Its kind.
        mentions: In reading order.
        statements: What the rules say of it.
        ruled: On which predicate the rules alone would settle.
        defined: Whether the paper spells out an abbreviation of it.
        facts: For the linear model.
    """

    kind: str
    mentions: Sequence[Placed]
    statements: Sequence[Statement]
    ruled: str
    defined: bool
    facts: Facts


class Paperwide(NamedTuple):
    """What every entity of a paper is described from."""

    text: Tokens
    rows: Rows
    said: Floats
    own: frozenset[int]


def paperwide(text: Tokens, rows: Rows, said: Floats) -> Paperwide:
    """Return the view of a paper: its tokens, the network's rows, the second head's probabilities."""
    own = frozenset(
        i for i, (a, b) in enumerate(text.sentences) if not _OWN.isdisjoint(text.folds[a:b])
    )
    return Paperwide(text, rows, said, own)


def describe(
    paper: Paperwide,
    mentions: Sequence[Placed],
    statements: Iterable[Statement],
    defined: bool,
) -> Facts:
    """Return the facts of an entity.

    Args:
        paper: Where it stands.
        mentions: Its mentions, in reading order.
        statements: What the rules say of it.
        defined: Whether the paper spells out an abbreviation of it.
    """
    kind = mentions[0].kind
    plain = _plain(paper, mentions, statements, defined)
    numbers = [np.array([_hash(f"{kind}|{fact}") for fact in plain], dtype=np.uint64)]
    words = paper.rows[:, 0]
    for mention in mentions:
        a, b = mention.candidate.start, mention.candidate.end
        first, last = paper.text.sentences[paper.text.sentence(a)]
        numbers += _around(words, kind, a, b, first, last)
    mixed = np.concatenate(numbers) * _GOLDEN
    said = paper.said[[m.candidate.start for m in mentions]]
    dense = np.concatenate([np.log(said + 1e-3).mean(axis=0), said.max(axis=0)])
    return Facts(np.unique(mixed >> _SHIFT).astype(np.int64), dense.astype(np.float32))


def _around(
    words: NDArray[np.uint64], kind: str, a: int, b: int, first: int, last: int
) -> Iterator[NDArray[np.uint64]]:
    before, after = words[max(first, a - 6) : a][::-1], words[b : min(last, b + 6)]
    for side, slots in zip((before, after), _SLOTS, strict=True):
        yield side ^ _slots(kind, slots)[: len(side)]
    yield words[first:a] ^ _hash(f"{kind}|before")
    yield words[b:last] ^ _hash(f"{kind}|after")
    for side, name in ((before, "left"), (after, "right")):
        if len(side) > 1:
            yield side[:1] ^ (side[1:2] * np.uint64(3)) ^ _hash(f"{kind}|{name} pair")
        if len(side) > 2:
            yield side[:1] ^ (side[1:2] * np.uint64(3)) ^ (side[2:3] * np.uint64(5)) ^ _hash(name)
    yield words[b - 1 : b] ^ _hash(f"{kind}|head")


def _plain(
    paper: Paperwide, mentions: Sequence[Placed], statements: Iterable[Statement], defined: bool
) -> Iterator[str]:
    text, first = paper.text, mentions[0]
    surface = text.words[first.candidate.start : first.candidate.end]
    yield "any"
    yield f"first {min(5, text.sentence(first.candidate.start))}"
    yield f"often {min(4, len(mentions))}"
    yield f"lower {all(w.islower() for w in surface if w.isalpha())}"
    yield f"name {' '.join(text.folds[first.candidate.start : first.candidate.end])}"
    yield f"known {first.known} proper {first.proper}"
    if defined:
        yield "defined"
    for mention in mentions:
        sentence = text.sentence(mention.candidate.start)
        yield f"found {mention.candidate.rule}"
        yield f"own {sentence in paper.own}"
        yield f"place {sentence * 5 // len(text.sentences)}"
        if mention.candidate.start < text.title_end:
            yield "title"
            yield f"title at {min(3, mention.candidate.start)}"
        if sentence == len(text.sentences) - 1:
            yield "last"
    for statement in statements:
        yield f"says {statement.predicate} {statement.rule}"


@lru_cache(maxsize=100_000)
def _hash(name: str) -> np.uint64:
    return np.uint64(get_string_id(name))


@lru_cache(maxsize=64)
def _slots(kind: str, names: tuple[str, ...]) -> NDArray[np.uint64]:
    return np.array([_hash(f"{kind}|{name}") for name in names], dtype=np.uint64)


class Relating(NamedTuple):
    """The model.

    Attributes:
        weights: Shape (`SIZE`, predicates).
        dense: Shape (`DENSE`, predicates).
        bias: Shape (predicates,).
    """

    weights: Floats
    dense: Floats
    bias: Floats

    @classmethod
    def undecided(cls) -> Relating:
        """Return a model that finds every predicate equally likely."""
        size = len(PREDICATES)
        dense = np.zeros((DENSE, size), dtype=np.float32)
        return cls(np.zeros((SIZE, size), dtype=np.float32), dense, np.zeros(size, np.float32))

    def chances(self, facts: Facts) -> Floats:
        """Return the probability of each predicate, in the order of `kg.model.PREDICATES`."""
        hashed = self.weights[facts.rows].sum(axis=0)
        return softmax(hashed + facts.dense @ self.dense + self.bias)
