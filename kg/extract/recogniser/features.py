"""What the network sees of a text: for each token a row of hashed features and a row of vectors.

All that depends on the word alone is computed once for each distinct word and looked up afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from kg.extract.candidates import Candidate, settle
from kg.extract.tokens import Tokens

#: Columns of a row: folded word, prefix, suffix, shape, find of the rules, place, how often the paper
#: says the word, row of the vector table.
COLUMNS = 8
FOUND, _PLACE, _OFTEN, _VECTOR = 4, 5, 6, 7
#: What stands in the column of finds where the rules found nothing.
NOTHING = get_string_id("")
_CACHED_WORDS = 500_000

Rows = NDArray[np.uint64]


class Features:
    """Turns tokens into rows.

    Args:
        vector_rows: Row of the vector table for each folded word; row 0 stands for all others.
    """

    def __init__(self, vector_rows: Mapping[str, int]) -> None:
        self._vector_rows = vector_rows
        self._rows: dict[str, int] = {}
        self._table = np.zeros((4096, COLUMNS), dtype=np.uint64)

    def __call__(self, text: Tokens, found: Sequence[Candidate], origin: str = "gold") -> Rows:
        """Return the rows of a text.

        Args:
            text: The tokens.
            found: What the rules found in it, overlapping.
            origin: Whose annotation the text is trained on; annotators differ a little in taste, and
                the network learns the difference. Predictions are always made as "gold".

        Returns:
            Array of shape (tokens, `COLUMNS`).
        """
        if len(self._rows) > _CACHED_WORDS:
            self._rows.clear()
        rows = self._table_rows(text)
        out = self._table[rows]
        found_at = [""] * len(text)
        for c in settle(found):
            for i in range(c.start, c.end):
                found_at[i] = f"{c.rule}|{c.kind}|{'B' if i == c.start else 'I'}"
        firsts = {first for first, _ in text.sentences}
        out[:, FOUND] = [get_string_id(f) for f in found_at]
        out[:, _PLACE] = [
            get_string_id(f"{i < text.title_end}{i in firsts}{origin}") for i in range(len(text))
        ]
        often = Counter(text.folds)
        titled = set(text.folds[: text.title_end])
        out[:, _OFTEN] = [get_string_id(f"{min(often[f], 5)}{f in titled}") for f in text.folds]
        return out

    def _table_rows(self, text: Tokens) -> list[int]:
        rows = []
        for word, fold in zip(text.words, text.folds, strict=True):
            row = self._rows.get(word)
            rows.append(self._add(word, fold) if row is None else row)
        return rows

    def _add(self, word: str, fold: str) -> int:
        row = self._rows[word] = len(self._rows)
        if row >= len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        strings = (fold, word[:3], word[-3:], shape(word))
        self._table[row, :4] = [get_string_id(s) for s in strings]
        self._table[row, _VECTOR] = self._vector_rows.get(fold, 0)
        return row


def shape(word: str) -> str:
    """Return the letters and digits of a word as classes, runs cut at three.

    Example:
        >>> [shape(w) for w in ("MgNO", "CIFAR-100", "networks")]
        ['XxXX', 'XXX-ddd', 'xxx']
    """
    classes = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word
    )
    return re.sub(r"(.)\1{3,}", r"\1\1\1", classes)
