"""Boosted decision trees as arrays: scikit-learn grows them, numpy alone asks them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.recogniser.network import Floats, softmax


@dataclass(frozen=True, slots=True)
class Forest:
    """Full trees of one depth, side by side, each in the order of a heap: n asks before 2n+1 and 2n+2.

    Attributes:
        feature: Column that an inner node asks, shape (trees, nodes).
        limit: A value up to this goes to the first child, shape (trees, nodes).
        value: What a leaf adds to an output, shape (trees, leaves); tree t adds to output t modulo
            their number.
        base: Each output before any tree has spoken.
    """

    feature: NDArray[np.int64]
    limit: Floats
    value: Floats
    base: Floats

    @classmethod
    def undecided(cls, outputs: int = 1) -> Forest:
        """Return a forest that finds everything equally likely."""
        nodes = np.zeros((outputs, 1), dtype=np.float32)
        leaves = np.zeros((outputs, 2), dtype=np.float32)
        return cls(nodes.astype(np.int64), nodes, leaves, np.zeros(outputs, dtype=np.float32))

    def chances(self, facts: Floats) -> Floats:
        """Return the probability of each row of facts, or those of its outputs if there are several."""
        sums = self._sums(facts)
        if sums.shape[1] == 1:
            single: Floats = (1 / (1 + np.exp(-sums[:, 0]))).astype(np.float32)
            return single
        return softmax(sums)

    def _sums(self, facts: Floats) -> Floats:
        trees, nodes = self.feature.shape
        leaves = nodes + 1
        feature, limit, value = self.feature.ravel(), self.limit.ravel(), self.value.ravel()
        flat = np.ascontiguousarray(facts).ravel()
        rows = np.arange(len(facts))[:, None] * facts.shape[1]
        roots = np.arange(trees) * nodes
        node = np.zeros((len(facts), trees), dtype=np.int64)
        for _ in range(leaves.bit_length() - 1):
            asked = node + roots
            above = flat.take(rows + feature.take(asked)) > limit.take(asked)
            node = 2 * node + 1 + above
        added = value.take(node - nodes + np.arange(trees) * leaves)
        sums: Floats = added.reshape(len(facts), -1, len(self.base)).sum(axis=1) + self.base
        return sums
