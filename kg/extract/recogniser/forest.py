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
        trees, size = self.feature.shape
        roots = np.arange(trees) * size
        feature, limit = self.feature.ravel(), self.limit.ravel()
        left, right = (self.left + roots[:, None]).ravel(), (self.right + roots[:, None]).ravel()
        rows = np.arange(len(facts))[:, None] * facts.shape[1]
        flat = np.ascontiguousarray(facts).ravel()
        node = np.broadcast_to(roots, (len(facts), trees))
        for _ in range(self.depth):
            goes_left = flat.take(rows + feature.take(node)) <= limit.take(node)
            node = np.where(goes_left, left.take(node), right.take(node))
        odds = self.base + self.value.ravel().take(node).sum(axis=1)
        chances: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return chances
