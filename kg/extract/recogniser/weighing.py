"""What a paper says of its entities, weighed against each other.

The linear model (`relating`) looks at one entity at a time and adds up what it sees. Here a forest looks
at its opinions again, together with the rules', the network's and the place of the entity, and at what
the paper's other entities look like: a paper introduces one thing rather than five (stacking; Wolpert,
1992).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.recogniser.network import Floats
from kg.extract.recogniser.relating import Paperwide, View
from kg.model import KINDS, PREDICATES

#: A relation that is likelier than this holds, even beside a likelier one.
HOLDS = 0.32
#: An entity has so many relations at most.
_MOST = 2
#: What rules of this weight say is introduced ("we propose X", "X: …" in a title) is.
_PLAIN = 4
_FIRST = "introduces"
_NUMBER = {predicate: number for number, predicate in enumerate(PREDICATES)}


def describe(paper: Paperwide, views: Sequence[View], chances: Floats) -> Floats:
    """Return the facts of each entity of a paper.

    Args:
        paper: The paper.
        views: Its entities.
        chances: What the linear model thinks of each, shape (entities, predicates).

    Returns:
        Array of shape (entities, facts).
    """
    kinds = np.array([KINDS.index(v.kind) for v in views])
    alike = (kinds[:, None] == kinds) & ~np.eye(len(views), dtype=bool)
    columns = [
        np.log(chances + 1e-4),
        np.array([v.facts.dense for v in views]),
        np.array([_ruled(v) for v in views]),
        np.array([_placed(paper, v) for v in views]),
        kinds,
        np.full(len(views), len(views)),
        alike.sum(axis=1),
        _rivals(chances[:, _NUMBER[_FIRST]]),
        np.where(alike[:, :, None], chances, 0).max(axis=1),
    ]
    return np.column_stack(columns).astype(np.float32)


def holding(chances: Floats, view: View) -> list[str]:
    """Return the predicates that hold, likeliest first; "mentions" where no other does.

    What plain words introduce is introduced, whatever its name has mostly stood for elsewhere: the
    annotated papers are younger than the Transformer.

    Args:
        chances: Of each predicate, in the order of `kg.model.PREDICATES`.
        view: The entity.
    """
    order = [PREDICATES[i] for i in np.argsort(-chances, kind="stable") if chances[i] > HOLDS]
    if any(s.predicate == _FIRST and s.weight >= _PLAIN for s in view.statements):
        order.insert(0, _FIRST)
    held = [p for p in dict.fromkeys(order) if p != "mentions"]
    return held[:_MOST] or ["mentions"]


def _ruled(view: View) -> list[float]:
    """Return how heavily the rules state each predicate, and which they settle on."""
    weights = dict.fromkeys(PREDICATES, 0.0)
    for statement in view.statements:
        weights[statement.predicate] = max(weights[statement.predicate], statement.weight)
    return [*weights.values(), _NUMBER[view.ruled]]


def _placed(paper: Paperwide, view: View) -> list[float]:
    """Return where an entity stands, and how it is written."""
    text, first = paper.text, view.mentions[0]
    spans = [(m.candidate.start, m.candidate.end) for m in view.mentions]
    sentences = [text.sentence(a) for a, _ in spans]
    count = len(text.sentences)
    surface = text.words[first.candidate.start : first.candidate.end]
    return [
        max(m.candidate.score or 0.0 for m in view.mentions),
        len(spans),
        sentences[0],
        sentences[-1],
        sentences[-1] / count,
        count,
        spans[0][0] < text.title_end,
        spans[0][0],
        min((text.title_end - b for a, b in spans if a < text.title_end), default=99),
        sum(s in paper.own for s in sentences),
        count - 1 in sentences,
        all(w.islower() for w in surface if w.isalpha()),
        bool(first.known),
        bool(first.proper),
        view.defined,
        len(surface),
        any(a > 0 and text.words[a - 1] == "-" for a, _ in spans),
        any(b < len(text) and text.words[b] == "-" for _, b in spans),
    ]


def _rivals(chances: Floats) -> NDArray[np.float32]:
    """Return, for each entity, the greatest chance of another one, and how many are greater."""
    others = np.where(np.eye(len(chances), dtype=bool), 0, chances)
    above = (chances[:, None] < chances).sum(axis=1)
    return np.column_stack([others.max(axis=1), above])
