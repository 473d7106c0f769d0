"""Guessing hidden words, so that a network learns the language of abstracts from plain text.

(Masked language modelling; Devlin et al., NAACL 2019.)
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import numpy as np

from kg.extract.recogniser.features import COLUMNS, FOUND, Rows
from kg.training.fitting import Example

#: Columns that give the word away: itself, its parts and shape, how often the paper says it, its vector.
_TELLING = np.array([c for c in range(COLUMNS) if c < FOUND or c >= COLUMNS - 2])
_SHARE = 0.15


class Masking:
    """Hides words of examples.

    Args:
        texts: Whose most frequent words are asked for.
        words: How many.
        weight: Of the loss.
    """

    def __init__(self, texts: Iterable[Rows], words: int = 5000, weight: float = 2.0) -> None:
        counts = Counter(word for rows in texts for word in rows[:, 0].tolist())
        self._numbers = {word: n for n, (word, _) in enumerate(counts.most_common(words))}
        self.labels, self.weight = max(1, len(self._numbers)), weight

    def __call__(self, example: Example, chance: random.Random) -> Example:
        """Return the example with some words hidden, and the target "word" where they were."""
        hidden = np.array([chance.random() < _SHARE for _ in example.rows], dtype=bool)
        rows = example.rows.copy()
        rows[np.ix_(hidden, _TELLING)] = 0
        asked = [self._numbers.get(word, -1) for word in example.rows[:, 0].tolist()]
        word = np.where(hidden, asked, -1)
        return Example(rows, {**example.targets, "word": word})
