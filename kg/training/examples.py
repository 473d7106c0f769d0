"""What the network is shown: texts as rows, with the labels of both heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.clean import clean
from kg.extract.pipeline import Work, run, tokens
from kg.extract.recogniser.features import Features, Rows
from kg.extract.recogniser.network import LABELS
from kg.extract.tokenizer import PaperEnglish
from kg.model import PREDICATES, Paper
from kg.training.fitting import Example
from kg.training.gold import Annotated, Named, named

_LABEL = {label: number for number, label in enumerate(LABELS)}


class Shown(NamedTuple):
    """An annotated paper as the rules see it and as the network is shown it.

    Attributes:
        annotated: The paper and its annotation.
        work: What the rules alone made of it.
        rows: For predictions.
        example: For training.
    """

    annotated: Annotated
    work: Work
    rows: Rows
    example: Example


def read(nlp: PaperEnglish, paper: Paper, last: str | None = None) -> Work:
    """Return what a pipeline makes of a paper, up to the component named `last`, or all of it."""
    return run(nlp, tokens(nlp, clean(paper.title).text, clean(paper.abstract).text), last)


def show(
    nlp: PaperEnglish, features: Features, papers: Iterable[Annotated], house: Sequence[str]
) -> list[Shown]:
    """Return annotated papers as examples.

    Args:
        nlp: The pipeline of the rules.
        features: What turns tokens into rows.
        papers: The annotated papers.
        house: Origins whose taste predictions follow; the others are learned as deviating.
    """
    shown = []
    for annotated in papers:
        state = read(nlp, annotated.paper)
        places = named(state.text, annotated.record)
        origin = "gold" if annotated.origin in house else annotated.origin
        targets = {
            "span": span_labels(len(state.text), places),
            "relation": _relation_labels(len(state.text), places),
        }
        rows = features(state.text, state.found)
        taught = features(state.text, state.found, origin)
        shown.append(Shown(annotated, state, rows, Example(taught, targets)))
    return shown


def span_labels(
    size: int, places: Iterable[tuple[int, int, str]] | Iterable[Named]
) -> NDArray[np.int64]:
    """Return the number of each token's label in `kg.extract.recogniser.network.LABELS`."""
    labels = np.zeros(size, dtype=np.int64)
    for start, end, kind, *_ in places:
        if end - start == 1:
            labels[start] = _LABEL[f"U-{kind}"]
            continue
        labels[start + 1 : end - 1] = _LABEL[f"I-{kind}"]
        labels[start], labels[end - 1] = _LABEL[f"B-{kind}"], _LABEL[f"L-{kind}"]
    return labels


def _relation_labels(size: int, places: Iterable[Named]) -> NDArray[np.int64]:
    labels = np.full(size, -1, dtype=np.int64)
    for place in places:
        labels[place.start] = PREDICATES.index(place.predicate)
    return labels
