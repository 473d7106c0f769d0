"""The network as it learns: `kg.extract.recogniser.network`, built of thinc's layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from thinc.api import (
    Dropout,
    HashEmbed,
    LayerNorm,
    Maxout,
    Model,
    Softmax,
    chain,
    concatenate,
    residual,
    set_current_ops,
    with_array,
)
from thinc.backends import get_current_ops
from thinc.backends.numpy_ops import NumpyOps

from kg.extract.recogniser.features import COLUMNS, Rows
from kg.extract.recogniser.network import (
    DOCUMENT_AFTER,
    EMBEDDINGS,
    HEADS,
    PIECES,
    Floats,
    Network,
    Parameters,
    window,
    word_means,
)

WIDTH, DILATIONS, DROPOUT = 96, (1, 2, 4, 8), 0.2


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


class Trainable:
    """Encoder and heads.

    Args:
        vectors: Word vectors, shape (rows, dimensions); row 0 is for unknown words.
        width: Width of the encoder.
        dilations: How far each convolution looks to both sides.
    """

    def __init__(
        self, vectors: Floats, width: int = WIDTH, dilations: Sequence[int] = DILATIONS
    ) -> None:
        self.width, self.dilations, self._vectors = width, tuple(dilations), vectors
        self._layers: dict[str, tuple[Any, str]] = {}
        previous = get_current_ops()
        set_current_ops(_BlasOps())
        try:
            self.encoder: Any = self._encoder()
            self.encoder.initialize([np.zeros((5, COLUMNS), dtype=np.uint64)])
            self.heads = {name: self.head(len(labels)) for name, labels in HEADS.items()}
        finally:
            set_current_ops(previous)
        for name, head in self.heads.items():
            softmax = head.layers[0]
            self._layers |= {f"{name}_W": (softmax, "W"), f"{name}_b": (softmax, "b")}

    @classmethod
    def of(cls, network: Network, vectors: Floats) -> Trainable:
        """Return a network that goes on learning where another stands."""
        dilations = network.parameters["dilations"].astype(int).tolist()
        trainable = cls(vectors, len(network.parameters["mix_W"]), dilations)
        trainable.restore(network.parameters)
        return trainable

    def head(self, labels: int) -> Any:
        """Return a new head, of this network or one that is thrown away."""
        set_current_ops(self.encoder.ops)
        head: Any = with_array(Softmax(labels, self.width))
        head.initialize([np.zeros((5, self.width), dtype=np.float32)])
        return head

    def parameters(self) -> dict[str, Floats]:
        """Return the parameters by name."""
        learned = {name: layer.get_param(param) for name, (layer, param) in self._layers.items()}
        return learned | {"dilations": np.array(self.dilations, dtype=np.float32)}

    def restore(self, parameters: Parameters) -> None:
        """Set the parameters."""
        for name, (layer, param) in self._layers.items():
            layer.set_param(param, np.array(parameters[name], dtype=np.float32))

    def frozen(self) -> Network:
        """Return a network that predicts as this one does now."""
        parameters = {name: value.copy() for name, value in self.parameters().items()}
        return Network(self._vectors, parameters)

    def _encoder(self) -> Model[Any, Any]:
        parts: list[Any] = []
        for column, (size, rows) in enumerate(EMBEDDINGS):
            parts.append(HashEmbed(size, rows, column=column, seed=column + 1, dropout=DROPOUT))
            self._layers[f"embed{column}"] = parts[-1].layers[1], "E"
        parts.append(_word_vectors(self._vectors, len(EMBEDDINGS)))
        self._layers["project"] = parts[-1], "W"
        embed: Model[Any, Any] = chain(concatenate(*parts), self._maxout("mix"))
        windows = [
            residual(chain(_window(dilation), with_array(self._maxout(f"window{n}"))))
            for n, dilation in enumerate(self.dilations)
        ]
        near: Model[Any, Any] = chain(with_array(embed), *windows[:DOCUMENT_AFTER])
        document = _document(near, with_array(self._maxout("document")))
        wide = windows[DOCUMENT_AFTER:]
        return chain(document, *wide) if wide else document

    def _maxout(self, name: str) -> Model[Any, Any]:
        maxout = Maxout(self.width, nP=PIECES)
        norm = LayerNorm()
        self._layers |= {f"{name}_W": (maxout, "W"), f"{name}_b": (maxout, "b")}
        self._layers |= {f"{name}_gain": (norm, "G"), f"{name}_shift": (norm, "b")}
        return chain(maxout, norm, Dropout(DROPOUT))


def _window(dilation: int) -> Model[Any, Any]:
    """A layer that puts each token of a text beside those at a distance from it."""

    def forward(model: Any, texts: list[Floats], is_train: bool) -> Any:
        def backprop(gradients: list[Floats]) -> list[Floats]:
            return [_back(g, dilation) for g in gradients]

        return [window(text, dilation) for text in texts], backprop

    return Model("window", forward)


def _back(gradient: Floats, dilation: int) -> Floats:
    size, width = len(gradient), gradient.shape[1] // 3
    out = gradient[:, width : 2 * width].copy()
    if size > dilation:
        out[:-dilation] += gradient[dilation:, :width]
        out[dilation:] += gradient[:-dilation, 2 * width :]
    return out


def _document(before: Model[Any, Any], mix: Model[Any, Any]) -> Model[Any, Any]:
    """A layer that adds what `mix` makes of a token, of the same word elsewhere and of the whole text."""

    def forward(model: Any, texts: list[Rows], is_train: bool) -> Any:
        hidden, back_before = before(texts, is_train)
        shown = [_beside(h, rows) for h, rows in zip(hidden, texts, strict=True)]
        mixed, back_mix = mix(shown, is_train)

        def backprop(gradients: list[Floats]) -> Any:
            inner = back_mix(gradients)
            return back_before(
                [
                    gradient + _back_beside(part, rows)
                    for gradient, part, rows in zip(gradients, inner, texts, strict=True)
                ]
            )

        return [h + m for h, m in zip(hidden, mixed, strict=True)], backprop

    def init(model: Any, X: Any = None, Y: Any = None) -> None:  # noqa: N803
        before.initialize(X=X)
        mix.initialize(X=[_beside(h, r) for h, r in zip(before.predict(X), X, strict=True)])

    return Model("document", forward, init=init, layers=[before, mix])


def _beside(hidden: Floats, rows: Rows) -> Floats:
    means, number = word_means(hidden, rows)
    whole = np.broadcast_to(hidden.mean(axis=0), hidden.shape)
    return np.concatenate([hidden, means[number], whole], axis=1)


def _back_beside(gradient: Floats, rows: Rows) -> Floats:
    own, same, whole = np.split(gradient, 3, axis=1)
    means, number = word_means(same, rows)
    back: Floats = own + means[number] + whole.mean(axis=0)
    return back


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
