"""Boosted decision trees as arrays: scikit-learn grows them, numpy alone asks them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.recogniser.network import Floats


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees side by side; node 0 of each is its root, and a leaf is its own child.

    Attributes:
        feature: Column that a node asks, shape (trees, nodes).
        limit: A value up to this goes left.
        left: Next node.
        right: Next node.
        value: What a leaf adds to the log-odds.
        depth: Most questions on a way down.
        base: Log-odds before any tree has spoken.
    """

    feature: NDArray[np.int64]
    limit: Floats
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Floats
    depth: int
    base: float

    @classmethod
    def undecided(cls) -> Forest:
        """Return a forest that finds everything equally likely."""
        leaf = np.zeros((1, 1), dtype=np.int64)
        number = np.zeros((1, 1), dtype=np.float32)
        return cls(leaf, number, leaf, leaf, number, 0, 0.0)

    def chances(self, facts: Floats) -> Floats:
        """Return the probability of each row of facts."""
        trees = np.arange(len(self.feature))
        rows = np.arange(len(facts))[:, None]
        node = np.zeros((len(facts), len(trees)), dtype=np.int64)
        for _ in range(self.depth):
            goes_left = facts[rows, self.feature[trees, node]] <= self.limit[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        odds = self.base + self.value[trees, node].sum(axis=1)
        chances: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return chances
