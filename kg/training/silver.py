"""Papers that nobody annotated, read by networks that learned from annotators.

The second network learns from the opinions of the first ones on many more texts before it sees an
annotator's, their doubts included (distillation; Hinton et al., 2015): a small network of its own
strength learns more of the language of abstracts that way than from the annotated ones alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np

from kg.extract.pipeline import LAST_FINDER
from kg.extract.recogniser.features import Features, Rows
from kg.extract.recogniser.network import LABELS, Network
from kg.extract.tokenizer import PaperEnglish
from kg.model import Paper
from kg.training.examples import read
from kg.training.fitting import Example

_FIRSTS = [number for number, label in enumerate(LABELS) if label[0] in "BU"]


def draw(papers: Iterable[Paper], known: set[str], count: int, seed: int = 5) -> list[Paper]:
    """Return a random sample of papers that are not annotated, the same for the same papers."""
    pool = [p for p in papers if p.id not in known and 300 < len(p.abstract) < 2600]
    random.Random(seed).shuffle(pool)  # noqa: S311 - a sample
    return pool[:count]


def rows(nlp: PaperEnglish, features: Features, papers: Iterable[Paper]) -> list[Rows]:
    """Return what a network sees of each paper."""
    out = []
    for paper in papers:
        state = read(nlp, paper, LAST_FINDER)
        out.append(features(state.text, state.found))
    return out


def ask(teachers: Sequence[Network], texts: Iterable[Rows]) -> list[Example]:
    """Return the texts with the mean opinion of the teachers; relations only where a name begins."""
    examples = []
    for text in texts:
        opinions = [teacher.predict(text) for teacher in teachers]
        spans = np.mean([spans for spans, _ in opinions], axis=0)
        said = np.mean([said for _, said in opinions], axis=0)
        said[spans[:, _FIRSTS].sum(axis=1) < 0.5] = 0
        targets = {"span": spans.astype(np.float16), "relation": said.astype(np.float16)}
        examples.append(Example(text, targets))
    return examples
