"""The network: hashed embeddings and word vectors, a residual convolution, two softmax heads.

The architecture is that of spaCy's `tok2vec` (hash embeddings, maxout, residual windows; Honnibal,
"Embed, encode, attend, predict", 2016), with word vectors of the project's own, with the finds of the
rules among its features, and with windows that reach wider from layer to layer (dilation; Strubell et
al., EMNLP 2017). Half way, each token is shown what the text says of the same word elsewhere, and the text as
a whole (after pooled embeddings; Akbik et al., NAACL 2019). One head tells the kind and place (BILOU) of each token, the other what the paper says
of the entity that begins there.

Here it only predicts, with numpy alone; `kg.training.trainable` is the same network as it learns. All of
the first layer that depends on one feature alone is computed once for each of its values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from thinc.backends.numpy_ops import NumpyOps

from kg.extract.recogniser.features import COLUMNS, FOUND, Rows
from kg.model import KINDS, PREDICATES

#: Labels of the first head: outside, and begin, inside, last, unit of each kind.
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BILU"))
#: What each head tells apart.
HEADS: Mapping[str, tuple[str, ...]] = {"span": LABELS, "relation": PREDICATES}
#: Outputs of which a maxout unit takes the greatest.
PIECES = 3
#: After how many windows a token is shown the rest of the text.
DOCUMENT_AFTER = 2
#: Width and rows of the table of each hashed column.
EMBEDDINGS = ((48, 3000), (24, 1000), (32, 1500), (24, 800), (16, 100), (6, 40), (6, 40))
#: The last column, a row of the word vectors; it and those before `FOUND` tell of the word alone.
_VECTOR = COLUMNS - 1
#: Words, and values of other columns, whose part of the first layer is kept.
_CACHED = 30_000

Floats = NDArray[np.float32]
Parameters = Mapping[str, Floats]
_Key = TypeVar("_Key", bound=Hashable)


class Network:
    """Encoder and heads.

    Args:
        vectors: Word vectors, shape (rows, dimensions); row 0 is for unknown words.
        parameters: By name, as `kg.training.trainable.Trainable.parameters` returns them.
    """

    def __init__(self, vectors: Floats, parameters: Parameters) -> None:
        self.parameters = {k: np.ascontiguousarray(v, np.float32) for k, v in parameters.items()}
        self._vectors = vectors
        self._hash = NumpyOps().hash
        self._mix = _pieces_first(self.parameters["mix_W"])
        self._mixed = self._rest("mix")
        self._windows = [
            (dilation, _pieces_first(self.parameters[f"window{n}_W"]).T, *self._rest(f"window{n}"))
            for n, dilation in enumerate(self.parameters["dilations"].astype(int).tolist())
        ]
        self._document = np.split(_pieces_first(self.parameters["document_W"]).T, 3)
        self._words = _Parts(len(self._mix), self._word)
        self._values = _Parts(len(self._mix), self._value)

    def predict(self, rows: Rows) -> tuple[Floats, Floats]:
        """Return, for each token of one text, the probabilities of both heads.

        Texts go in one by one: the product of a batch rounds a text's numbers in a way that depends on
        its neighbours, and the same text must give the same bytes.

        Returns:
            Arrays of shape (tokens, labels) and (tokens, predicates).
        """
        bias, gain, shift = self._mixed
        hidden = _normal(_greatest(self._first_layer(rows) + bias), gain, shift)
        for number, (dilation, weights, bias, gain, shift) in enumerate(self._windows, 1):
            pieces = window(hidden, dilation) @ weights
            pieces += bias
            hidden = hidden + _normal(_greatest(pieces), gain, shift)
            if number == min(DOCUMENT_AFTER, len(self._windows)):
                hidden = self._with_document(hidden, rows)
        return self._head("span", hidden), self._head("relation", hidden)

    def _with_document(self, hidden: Floats, rows: Rows) -> Floats:
        """Return tokens that were shown the rest of the text; all of it is multiplied but once."""
        own, same, whole = self._document
        bias, gain, shift = self._rest("document")
        means, number = word_means(hidden, rows)
        pieces = hidden @ own
        pieces += (means @ same)[number]
        pieces += hidden.mean(axis=0, keepdims=True) @ whole + bias
        return hidden + _normal(_greatest(pieces), gain, shift)

    def _rest(self, layer: str) -> tuple[Floats, Floats, Floats]:
        """Return bias, pieces first, and gain and shift of the normalisation."""
        p = self.parameters
        return p[f"{layer}_b"].T.ravel(), p[f"{layer}_gain"], p[f"{layer}_shift"]

    def _first_layer(self, rows: Rows) -> Floats:
        words = np.ascontiguousarray(rows).copy()
        words[:, FOUND:_VECTOR] = 0
        content, size = words.tobytes(), words.shape[1] * words.itemsize
        total = self._words([content[i : i + size] for i in range(0, len(content), size)])
        for column in range(FOUND, _VECTOR):
            total += self._values([(column, value) for value in rows[:, column].tolist()])
        return total

    def _word(self, key: bytes) -> Floats:
        """Return what the columns of a word alone add to the first layer."""
        row = np.frombuffer(key, dtype=np.uint64)
        embedded = np.concatenate([self._embedded(c, int(row[c])) for c in range(FOUND)])
        vector = self.parameters["project"] @ self._vectors[int(row[_VECTOR])]
        mix = self._mix
        part: Floats = mix[:, : len(embedded)] @ embedded + mix[:, -len(vector) :] @ vector
        return part

    def _value(self, key: tuple[int, int]) -> Floats:
        """Return what a value of another column adds."""
        column, value = key
        start = sum(size for size, _ in EMBEDDINGS[:column])
        embedded = self._embedded(column, value)
        part: Floats = self._mix[:, start : start + len(embedded)] @ embedded
        return part

    def _embedded(self, column: int, value: int) -> Floats:
        """Return the sum of the four rows of a table that a value is hashed to."""
        table = self.parameters[f"embed{column}"]
        keys = self._hash(np.array([value], dtype=np.uint64), column + 1)[0]
        embedded: Floats = table[keys % len(table)].sum(axis=0)
        return embedded

    def _head(self, name: str, hidden: Floats) -> Floats:
        return softmax(hidden @ self.parameters[f"{name}_W"].T + self.parameters[f"{name}_b"])


def softmax(sums: Floats) -> Floats:
    """Return probabilities in place of log-odds, along the last axis."""
    odds = np.exp(sums - sums.max(axis=-1, keepdims=True))
    chances: Floats = (odds / odds.sum(axis=-1, keepdims=True)).astype(np.float32)
    return chances


class _Parts(Generic[_Key]):
    """A table of rows that are computed when first asked for.

    Each is computed by itself, so that it does not depend on what else is asked for.
    """

    def __init__(self, width: int, compute: Callable[[_Key], Floats]) -> None:
        self._compute = compute
        self._rows: dict[_Key, int] = {}
        self._table = np.zeros((256, width), dtype=np.float32)

    def __call__(self, keys: Sequence[_Key]) -> Floats:
        """Return the rows of the keys, shape (keys, width)."""
        if len(self._rows) > _CACHED:
            self._rows.clear()
        known = self._rows
        rows = [known[k] if k in known else self._add(k) for k in keys]
        part: Floats = self._table[rows]
        return part

    def _add(self, key: _Key) -> int:
        row = self._rows[key] = len(self._rows)
        if row >= len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[row] = self._compute(key)
        return row


def window(hidden: Floats, dilation: int) -> Floats:
    """Return each token beside those that stand `dilation` before and after it, zeros outside.

    Args:
        hidden: Shape (tokens, width).
        dilation: Distance.

    Returns:
        Array of shape (tokens, 3 * width).
    """
    size, width = hidden.shape
    seen = np.zeros((size, 3 * width), dtype=hidden.dtype)
    seen[:, width : 2 * width] = hidden
    if size > dilation:
        seen[dilation:, :width] = hidden[:-dilation]
        seen[:-dilation, 2 * width :] = hidden[dilation:]
    return seen


def word_means(hidden: Floats, rows: Rows) -> tuple[Floats, NDArray[np.intp]]:
    """Return the mean of the tokens of each distinct word, and the number of each token's word.

    Args:
        hidden: Shape (tokens, width).
        rows: The tokens' features, the word first.
    """
    _, number, counts = np.unique(rows[:, 0], return_inverse=True, return_counts=True)
    ordered = hidden[np.argsort(number, kind="stable")]
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    sums = np.add.reduceat(ordered, starts, axis=0)
    return np.asarray(sums / counts[:, None], dtype=hidden.dtype), number


def _pieces_first(weights: Floats) -> Floats:
    """Return weights of shape (width, pieces, inputs) as (pieces * width, inputs)."""
    width, pieces, inputs = weights.shape
    return np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * width, inputs))


def _greatest(values: Floats) -> Floats:
    """Return the greatest of the pieces of each unit; they stand side by side, pieces first."""
    first, *others = np.split(values, PIECES, axis=1)
    greatest: Floats = first
    for other in others:
        greatest = np.maximum(greatest, other)
    return greatest


def _normal(values: Floats, gain: Floats, shift: Floats) -> Floats:
    """Return values with mean 0 and variance 1 in each row, scaled (Ba et al., 2016)."""
    centred = values - values.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred)[:, None] / values.shape[1] + 1e-8
    normal: Floats = centred / np.sqrt(variance) * gain + shift
    return normal
