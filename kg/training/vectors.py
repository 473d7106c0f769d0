"""Word vectors from plain texts, by gensim's word2vec (skip-gram; Mikolov et al., 2013)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.extract.clean import clean
from kg.extract.recogniser.network import Floats
from kg.extract.tokenizer import PaperEnglish
from kg.model import Paper

DIMENSIONS = 96
WORDS = 25_000
_LEAST = 8
_PASSES = 5


def learn_vectors(nlp: PaperEnglish, papers: Iterable[Paper]) -> tuple[list[str], Floats]:
    """Return the most frequent folded words and their vectors.

    One worker: several would race, and the same texts must give the same vectors.

    Returns:
        The words, most frequent first, and an array of shape (words + 1, `DIMENSIONS`) of unit
        variance whose row 0, for all other words, is zero.
    """
    from gensim.models import Word2Vec

    sentences = [_words(nlp, paper) for paper in papers]
    model = Word2Vec(
        sentences,
        vector_size=DIMENSIONS,
        sg=1,
        window=5,
        min_count=_LEAST,
        negative=8,
        sample=1e-4,
        epochs=_PASSES,
        workers=1,
        seed=1,
        hashfxn=_no_hash,
    )
    words = model.wv.index_to_key[:WORDS]
    vectors = np.zeros((len(words) + 1, DIMENSIONS), dtype=np.float32)
    vectors[1:] = model.wv.vectors[: len(words)]
    vectors[1:] /= vectors[1:].std()
    return words, vectors


def _words(nlp: PaperEnglish, paper: Paper) -> list[str]:
    doc = nlp.make_doc(f"{clean(paper.title).text} . {clean(paper.abstract).text}")
    return [token.norm_ for token in doc if not token.is_space]


def _no_hash(word: str) -> int:
    """Stand in for `hash`, whose seed differs from one run of Python to the next."""
    return len(word)
