"""Growing the judge's forest with scikit-learn, and writing its trees as arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.network import Floats

#: Candidates that a leaf holds at least, where there are enough.
_LEAF = 30
_SETTINGS = {
    "max_iter": 150,
    "learning_rate": 0.07,
    "max_leaf_nodes": 15,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}


def grow(facts: Floats, verdicts: NDArray[np.bool_]) -> Forest:
    """Return a forest of gradient-boosted trees that tells right candidates from wrong ones.

    Args:
        facts: Shape (candidates, facts).
        verdicts: Which candidates are right.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    if verdicts.all() or not verdicts.any():
        return replace(Forest.undecided(), base=4.0 if verdicts.all() else -4.0)
    leaf = max(2, min(_LEAF, len(facts) // 20))
    model = HistGradientBoostingClassifier(**_SETTINGS, min_samples_leaf=leaf)
    with threadpool_limits(1):  # more threads than free cores wait for each other without end
        model.fit(facts, verdicts)
    return _arrays(model)


def _arrays(model: Any) -> Forest:
    trees = [predictors[0].nodes for predictors in model._predictors]
    size = max(len(nodes) for nodes in trees)
    shape = (len(trees), size)
    feature = np.zeros(shape, dtype=np.int64)
    left = np.tile(np.arange(size), (len(trees), 1))
    right, limit = left.copy(), np.zeros(shape, dtype=np.float32)
    value = np.zeros(shape, dtype=np.float32)
    depth = 0
    for t, nodes in enumerate(trees):
        n = len(nodes)
        inner = nodes["is_leaf"] == 0
        feature[t, :n] = np.where(inner, nodes["feature_idx"], 0)
        limit[t, :n] = np.where(inner, nodes["num_threshold"], 0)
        left[t, :n] = np.where(inner, nodes["left"], np.arange(n))
        right[t, :n] = np.where(inner, nodes["right"], np.arange(n))
        value[t, :n] = nodes["value"]
        depth = max(depth, int(nodes["depth"].max()))
    return Forest(
        feature, limit, left, right, value, depth, float(model._baseline_prediction[0, 0])
    )
