"""The network: hashed embeddings and word vectors, a residual convolution, two softmax heads.

The architecture is that of spaCy's `tok2vec` (hash embeddings, maxout, residual windows; Honnibal,
"Embed, encode, attend, predict", 2016), with word vectors of the project's own and with the finds of
the rules among its features. One head tells the kind and place (BILOU) of each token, the other what
the paper says of the entity that begins there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    Softmax,
    chain,
    concatenate,
    expand_window,
    residual,
    set_current_ops,
    with_array,
)
from thinc.backends import get_current_ops
from thinc.backends.numpy_ops import NumpyOps

from kg.extract.recogniser.features import COLUMNS, Rows
from kg.model import KINDS, PREDICATES

#: Labels of the first head: outside, and begin, inside, last, unit of each kind.
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BILU"))
WIDTH, DEPTH, PIECES = 96, 4, 3
_EMBED = ((48, 3000), (24, 1000), (32, 1500), (24, 800), (16, 100), (6, 40), (6, 40))

Floats = NDArray[np.float32]


class _BlasOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's matrix product: three times as fast as the one it bundles."""

    name = "paperkg_numpy"

    def gemm(
        self,
        x: Floats,
        y: Floats,
        out: Floats | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> Floats:
        x, y = x.T if trans1 else x, y.T if trans2 else y
        return x @ y if out is None else np.dot(x, y, out=out)


class Network:
    """Encoder and heads.

    Args:
        vectors: Word vectors, shape (rows, dimensions); row 0 is for unknown words.
        dropout: Share of activations that training silences.
        width: Width of the encoder.
        depth: Number of convolutions; each sees one token more to both sides.
    """

    def __init__(
        self, vectors: Floats, dropout: float = 0.2, width: int = WIDTH, depth: int = DEPTH
    ) -> None:
        self.width, self.depth = width, depth
        previous = get_current_ops()
        set_current_ops(_BlasOps())
        try:
            self.encoder: Any = _encoder(vectors, dropout, width, depth)
            self.heads: dict[str, Any] = {
                "span": with_array(Softmax(len(LABELS), width)),
                "relation": with_array(Softmax(len(PREDICATES), width)),
            }
            self.encoder.initialize([np.zeros((5, COLUMNS), dtype=np.uint64)])
            for head in self.heads.values():
                head.initialize([np.zeros((5, width), dtype=np.float32)])
        finally:
            set_current_ops(previous)

    def predict(self, rows: Rows) -> tuple[Floats, Floats]:
        """Return, for each token of one text, the probabilities of both heads.

        Texts go in one by one: the product of a batch rounds a text's numbers in a way that depends on
        its neighbours, and the same text must give the same bytes.

        Returns:
            Arrays of shape (tokens, labels) and (tokens, predicates).
        """
        hidden = self.encoder.predict([rows])
        return self.heads["span"].predict(hidden)[0], self.heads["relation"].predict(hidden)[0]

    def parameters(self) -> Iterator[tuple[Any, str]]:
        """Yield every (layer, name of a parameter), always in the same order."""
        for model in (self.encoder, *self.heads.values()):
            for layer in model.walk():
                for name in sorted(layer.param_names):
                    if layer.has_param(name):
                        yield layer, name

    def state(self) -> list[Floats]:
        """Return the parameters as arrays."""
        return [layer.get_param(name) for layer, name in self.parameters()]

    def restore(self, state: list[Floats]) -> None:
        """Set the parameters from arrays as `state` returns them."""
        for (layer, name), value in zip(self.parameters(), state, strict=True):
            layer.set_param(name, np.ascontiguousarray(value, dtype=np.float32))


def _encoder(vectors: Floats, dropout: float, width: int, depth: int) -> Model[Any, Any]:
    parts: list[Model[Any, Any]] = [
        HashEmbed(size, rows, column=column, seed=column + 1, dropout=dropout)
        for column, (size, rows) in enumerate(_EMBED)
    ]
    parts.append(_word_vectors(vectors, len(_EMBED)))
    embed: Model[Any, Any] = chain(
        concatenate(*parts), Maxout(width, nP=PIECES, dropout=dropout, normalize=True)
    )
    windows = [
        residual(
            chain(
                expand_window(1),
                Maxout(width, width * 3, nP=PIECES, dropout=dropout, normalize=True),
            )
        )
        for _ in range(depth)
    ]
    convolve = chain(*windows) if len(windows) > 1 else windows[0]
    return chain(with_array(embed), with_array(convolve, pad=depth))


def _word_vectors(vectors: Floats, column: int) -> Model[Any, Any]:
    """A layer that looks up fixed vectors and learns a projection of them."""
    size = vectors.shape[1]

    def forward(model: Any, rows: Rows, is_train: bool) -> Any:
        looked_up = vectors[rows[:, column].astype(np.int64)]

        def backprop(gradient: Floats) -> Rows:
            model.inc_grad("W", gradient.T @ looked_up)
            return np.zeros_like(rows)

        return looked_up @ model.get_param("W").T, backprop

    def init(model: Any, X: Any = None, Y: Any = None) -> None:  # noqa: N803
        limit = float(np.sqrt(3 / size))
        model.set_param("W", np.random.uniform(-limit, limit, (size, size)).astype(np.float32))

    return Model("word_vectors", forward, init=init, params={"W": None}, dims={"nO": size})
