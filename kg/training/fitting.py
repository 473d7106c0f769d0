"""How the network learns: Adam, one pass of batches after another, averaged weights at the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from thinc.api import Adam, fix_random_seed

from kg.extract.recogniser.features import FOUND, NOTHING, Rows
from kg.extract.recogniser.network import Floats
from kg.training.trainable import Trainable

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


class Masking(Protocol):
    """Hides words of examples; see `kg.training.masking`."""

    labels: int
    weight: float

    def __call__(self, example: Example, chance: random.Random) -> Example:
        """Return the example with words hidden, and the target "word"."""


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
    network: Trainable,
    examples: Sequence[Example],
    epochs: int,
    *,
    weights: Mapping[str, float],
    asides: Mapping[str, Aside] | None = None,
    masking: Masking | None = None,
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
        masking: Hides words, which a head of its own, thrown away as well, learns to guess.
        seed: For order and dropout.
        rate: Highest learning rate; it falls to nothing in a straight line.
        report: Told the mean loss after each pass.
    """
    fix_random_seed(seed)
    shuffler = random.Random(seed)  # noqa: S311 - order of examples
    optimizer = Adam(rate, L2=1e-4, grad_clip=1.0)
    heads = {name: network.heads[name] for name in weights}
    extra = {n: network.head(a.labels) for n, a in (asides or {}).items()}
    if masking:
        heads["word"], weights = network.head(masking.labels), {**weights, "word": masking.weight}
    total, step = epochs * -(-len(examples) // BATCH), 0
    averages: dict[str, Floats] | None = None
    for epoch in range(epochs):
        loss = tokens = 0.0
        for batch in _batches(examples, shuffler, masking):
            optimizer.learn_rate = (
                rate * max(0.03, 1 - step / total) * min(1, (step + 1) / _WARM_UP)
            )
            loss += _update(network, optimizer, batch, heads, weights)
            tokens += sum(len(e.rows) for e in batch)
            if step % 2 == 0:
                for name, aside in (asides or {}).items():
                    drawn = shuffler.sample(
                        list(aside.examples), min(aside.sample, len(aside.examples))
                    )
                    _update(network, optimizer, drawn, {"span": extra[name]}, {"span": 0.3})
            step += 1
            if step > total * _AVERAGE_FROM:
                averages = _averaged(averages, network.parameters())
        report(f"pass {epoch + 1} of {epochs}: loss {loss / tokens:.4f} a token")
    if averages:
        network.restore(averages)


def _batches(
    examples: Sequence[Example], shuffler: random.Random, masking: Masking | None
) -> Iterator[list[Example]]:
    order = list(range(len(examples)))
    shuffler.shuffle(order)
    for start in range(0, len(order), BATCH):
        batch = [_hidden(examples[i], shuffler) for i in order[start : start + BATCH]]
        yield [masking(e, shuffler) for e in batch] if masking else batch


def _hidden(example: Example, shuffler: random.Random) -> Example:
    if shuffler.random() >= _HIDE_FOUND:
        return example
    rows = example.rows.copy()
    rows[:, FOUND] = NOTHING
    return example._replace(rows=rows)


def _update(
    network: Trainable,
    optimizer: Any,
    batch: Sequence[Example],
    heads: Mapping[str, Any],
    weights: Mapping[str, float],
) -> float:
    """Take one step and return the summed loss of the first head."""
    hidden, back_encoder = network.encoder.begin_update([e.rows for e in batch])
    tokens = sum(len(e.rows) for e in batch)
    gradient = [np.zeros_like(text) for text in hidden]
    losses = []
    for name, head in heads.items():
        targets = [e.targets[name] for e in batch]
        taught = [_taught(target) for target in targets]
        guesses, back_head = head.begin_update([h[t] for h, t in zip(hidden, taught, strict=True)])
        pairs = [
            _gradient(g, target[t]) for g, target, t in zip(guesses, targets, taught, strict=True)
        ]
        losses.append(sum(loss for loss, _ in pairs))
        scale = weights[name] * BATCH / tokens
        for whole, t, part in zip(
            gradient, taught, back_head([g * scale for _, g in pairs]), strict=True
        ):
            whole[t] += part
    back_encoder(gradient)
    network.encoder.finish_update(optimizer)
    for head in heads.values():
        head.finish_update(optimizer)
    return float(losses[0])


def _taught(target: NDArray[Any]) -> NDArray[np.intp]:
    """Return the tokens of which a target says something."""
    return np.nonzero(target.sum(axis=1) > 0 if target.ndim == 2 else target >= 0)[0]


def _gradient(guess: Floats, target: NDArray[Any]) -> tuple[float, Floats]:
    """Return the cross entropy and its gradient before the softmax."""
    if target.ndim == 2:
        soft = target.astype(np.float32)
        mass = soft.sum(axis=1, keepdims=True)
        return -float((soft * np.log(guess + 1e-9)).sum()), guess * mass - soft
    rows = np.arange(len(target))
    gradient = guess.copy()
    gradient[rows, target] -= 1
    return -float(np.log(guess[rows, target] + 1e-9).sum()), gradient


def _averaged(averages: dict[str, Floats] | None, now: dict[str, Floats]) -> dict[str, Floats]:
    if averages is None:
        return {name: value.copy() for name, value in now.items()}
    return {name: average * _DECAY + (1 - _DECAY) * now[name] for name, average in averages.items()}
