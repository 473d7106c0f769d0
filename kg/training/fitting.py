"""How the network learns: Adam, one pass of batches after another, averaged weights at the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from thinc.api import Adam, Softmax, fix_random_seed, set_current_ops, with_array

from kg.extract.recogniser.features import FOUND, NOTHING, Rows
from kg.extract.recogniser.network import Floats, Network

BATCH = 8
#: Share of texts whose finds of the rules are hidden, so that the network learns to do without.
_HIDE_FOUND = 0.15
_RATE, _WARM_UP = 0.002, 50
_DECAY, _AVERAGE_FROM = 0.99, 0.4


class Example(NamedTuple):
    """A text with what the heads should say of its tokens.

    Attributes:
        rows: What the network sees, shape (tokens, columns).
        targets: By head, the label of each token (-1: none is taught), or their probabilities, shape
            (tokens, labels), which a teacher gave.
    """

    rows: Rows
    targets: Mapping[str, NDArray[Any]]


class Aside(NamedTuple):
    """Examples of another annotation scheme, learned by a head of their own that is thrown away.

    Attributes:
        examples: Their targets are those of the head "span".
        labels: Number of labels.
        sample: How many are drawn beside each batch.
    """

    examples: Sequence[Example]
    labels: int
    sample: int


def fit(
    network: Network,
    examples: Sequence[Example],
    epochs: int,
    *,
    weights: Mapping[str, float],
    asides: Mapping[str, Aside] | None = None,
    seed: int = 0,
    rate: float = _RATE,
    report: Callable[[str], None] = lambda line: None,
) -> None:
    """Train a network in place.

    Args:
        network: As new, or trained on something else before.
        examples: What to learn from.
        epochs: Passes over the examples.
        weights: Weight of the loss of each head.
        asides: Further annotation schemes by name; they teach the encoder alone.
        seed: For order and dropout.
        rate: Highest learning rate; it falls to nothing in a straight line.
        report: Told the mean loss after each pass.
    """
    fix_random_seed(seed)
    shuffler = random.Random(seed)  # noqa: S311 - order of examples
    optimizer = Adam(rate, L2=1e-4, grad_clip=1.0)
    extra = {n: _head(network, a.labels) for n, a in (asides or {}).items()}
    total, step = epochs * -(-len(examples) // BATCH), 0
    averages: list[Floats] | None = None
    for epoch in range(epochs):
        loss = tokens = 0.0
        for batch in _batches(examples, shuffler):
            optimizer.learn_rate = (
                rate * max(0.03, 1 - step / total) * min(1, (step + 1) / _WARM_UP)
            )
            loss += _update(
                network, optimizer, batch, {h: network.heads[h] for h in weights}, weights
            )
            tokens += sum(len(e.rows) for e in batch)
            if step % 2 == 0:
                for name, aside in (asides or {}).items():
                    drawn = shuffler.sample(
                        list(aside.examples), min(aside.sample, len(aside.examples))
                    )
                    _update(network, optimizer, drawn, {"span": extra[name]}, {"span": 0.3})
            step += 1
            if step > total * _AVERAGE_FROM:
                averages = _averaged(averages, network.state())
        report(f"pass {epoch + 1} of {epochs}: loss {loss / tokens:.4f} a token")
    if averages:
        network.restore(averages)


def _head(network: Network, labels: int) -> Any:
    set_current_ops(network.encoder.ops)
    head: Any = with_array(Softmax(labels, network.width))
    head.initialize([np.zeros((5, network.width), dtype=np.float32)])
    return head


def _batches(examples: Sequence[Example], shuffler: random.Random) -> Iterator[list[Example]]:
    order = list(range(len(examples)))
    shuffler.shuffle(order)
    for start in range(0, len(order), BATCH):
        yield [_hidden(examples[i], shuffler) for i in order[start : start + BATCH]]


def _hidden(example: Example, shuffler: random.Random) -> Example:
    if shuffler.random() >= _HIDE_FOUND:
        return example
    rows = example.rows.copy()
    rows[:, FOUND] = NOTHING
    return example._replace(rows=rows)


def _update(
    network: Network,
    optimizer: Any,
    batch: Sequence[Example],
    heads: Mapping[str, Any],
    weights: Mapping[str, float],
) -> float:
    """Take one step and return the summed loss of the first head."""
    hidden, back_encoder = network.encoder.begin_update([e.rows for e in batch])
    tokens = sum(len(e.rows) for e in batch)
    gradient: list[Floats] | None = None
    losses = []
    for name, head in heads.items():
        guesses, back_head = head.begin_update(hidden)
        pairs = [_gradient(p, e.targets[name]) for p, e in zip(guesses, batch, strict=True)]
        losses.append(sum(loss for loss, _ in pairs))
        scale = weights[name] * BATCH / tokens
        part = back_head([g * scale for _, g in pairs])
        gradient = (
            part if gradient is None else [a + b for a, b in zip(gradient, part, strict=True)]
        )
    back_encoder(gradient)
    network.encoder.finish_update(optimizer)
    for head in heads.values():
        head.finish_update(optimizer)
    return float(losses[0])


def _gradient(guess: Floats, target: NDArray[Any]) -> tuple[float, Floats]:
    """Return the cross entropy and its gradient before the softmax, zero where nothing is taught."""
    if target.ndim == 2:
        soft = target.astype(np.float32)
        mass = soft.sum(axis=1, keepdims=True)
        return -float((soft * np.log(guess + 1e-9)).sum()), guess * mass - soft
    taught = np.nonzero(target >= 0)[0]
    gradient = np.zeros_like(guess)
    gradient[taught] = guess[taught]
    gradient[taught, target[taught]] -= 1
    return -float(np.log(guess[taught, target[taught]] + 1e-9).sum()), gradient


def _averaged(averages: list[Floats] | None, state: list[Floats]) -> list[Floats]:
    if averages is None:
        return [value.copy() for value in state]
    return [
        average * _DECAY + (1 - _DECAY) * value
        for average, value in zip(averages, state, strict=True)
    ]
