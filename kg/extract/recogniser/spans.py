"""From the network's probabilities for tokens to spans that may name an entity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.extract.recogniser.network import Floats
from kg.model import KINDS

#: A label less likely than this begins, continues or ends no span.
FLOOR = 0.06
_LONGEST = 10


class Span(NamedTuple):
    """A stretch of tokens with a kind and the geometric mean of its labels' probabilities."""

    start: int
    end: int
    kind: str
    score: float


def spans(probabilities: Floats, floor: float = FLOOR) -> list[Span]:
    """Return every span that the probabilities leave open, overlapping ones included.

    Args:
        probabilities: Shape (tokens, `network.LABELS`).
        floor: Least probability of each label of a span.
    """
    out = []
    for index, kind in enumerate(KINDS):
        begin, inside, last, unit = probabilities[:, 1 + index * 4 : 5 + index * 4].T
        out += [Span(int(i), int(i) + 1, kind, float(unit[i])) for i in np.nonzero(unit > floor)[0]]
        if not (begin > floor).any():
            continue
        logs = np.log(np.maximum(inside, 1e-9))
        for start in np.nonzero(begin > floor)[0].tolist():
            total = float(np.log(begin[start]))
            for end in range(start + 1, min(len(begin), start + _LONGEST)):
                if last[end] > floor:
                    score = float(np.exp((total + np.log(last[end])) / (end - start + 1)))
                    if score > floor * 2:
                        out.append(Span(start, end + 1, kind, score))
                if inside[end] < floor:
                    break
                total += float(logs[end])
    return out
