"""Growing forests with scikit-learn, and writing their trees as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.recogniser.forest import Forest
from kg.extract.recogniser.network import Floats

#: Examples that a leaf holds at least, where there are enough.
_LEAF = 30
_SETTINGS = {"max_leaf_nodes": 15, "l2_regularization": 1.0, "early_stopping": False}
_BINARY = {"max_iter": 150, "learning_rate": 0.07, "max_depth": 5}
_SEVERAL = {"max_iter": 100, "learning_rate": 0.08, "max_depth": 3}


def grow(
    facts: Floats,
    verdicts: NDArray[Any],
    outputs: int = 1,
    weights: Sequence[float] | None = None,
) -> Forest:
    """Return a forest of gradient-boosted trees (Friedman, 2001) that tells verdicts from facts.

    Args:
        facts: Shape (examples, facts).
        verdicts: Of each example: right or wrong, or the number of one of several outputs.
        outputs: How many; 1 for right and wrong.
        weights: How much each example counts; None: equally.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    undecided = Forest.undecided(outputs)
    seen = np.unique(verdicts)
    if len(seen) < 2:
        base = np.full(outputs, -4.0, dtype=np.float32)
        base[0 if outputs == 1 else int(seen[0])] *= 1 if outputs == 1 and not seen[0] else -1
        return replace(undecided, base=base)
    settings = _SETTINGS | (_BINARY if outputs == 1 else _SEVERAL)
    leaf = max(2, min(_LEAF, len(facts) // 20))
    model = HistGradientBoostingClassifier(**settings, min_samples_leaf=leaf, random_state=0)
    with threadpool_limits(1):  # more threads than free cores wait for each other without end
        model.fit(facts, verdicts, sample_weight=weights)
    return _arrays(model, outputs)


def _arrays(model: Any, outputs: int) -> Forest:
    """Return scikit-learn's trees; outputs that it never saw have empty ones and next to no chance."""
    classes = [0] if outputs == 1 else [int(c) for c in model.classes_]
    if len(classes) == 2:  # scikit-learn then gives the odds of the second one alone
        classes = classes[1:]
    rounds = model._predictors
    trees, nodes = len(rounds) * outputs, 2**model.max_depth - 1
    forest = Forest(
        np.zeros((trees, nodes), dtype=np.int64),
        np.full((trees, nodes), np.inf, dtype=np.float32),
        np.zeros((trees, nodes + 1), dtype=np.float32),
        np.full(outputs, -20.0, dtype=np.float32),
    )
    forest.base[[0] if outputs == 1 else model.classes_.astype(int)] = 0.0
    forest.base[classes] = model._baseline_prediction.ravel()
    for number, predictors in enumerate(rounds):
        for output, predictor in zip(classes, predictors, strict=True):
            _plant(forest, number * outputs + output, predictor.nodes)
    return forest


def _plant(forest: Forest, tree: int, nodes: Any, source: int = 0, target: int = 0) -> None:
    """Copy a node and those below it; a leaf that comes early stands in all places below it."""
    inner = forest.feature.shape[1]
    node = nodes[source]
    if target >= inner:
        forest.value[tree, target - inner] = node["value"]
        return
    below = (source, source)
    if not node["is_leaf"]:
        forest.feature[tree, target] = node["feature_idx"]
        forest.limit[tree, target] = node["num_threshold"]
        below = (int(node["left"]), int(node["right"]))
    for side, child in enumerate(below, 1):
        _plant(forest, tree, nodes, child, 2 * target + side)
