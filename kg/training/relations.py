"""Fitting the model of relations with scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.extract.recogniser.relating import DENSE, SIZE, Facts, Relating
from kg.model import PREDICATES

_PENALTY = 0.5
_DENSE_SCALE = 0.5


def fit_relating(
    facts: Sequence[Facts], predicates: Sequence[str], weights: Sequence[float]
) -> Relating:
    """Return the model that tells the predicates from the facts best.

    Args:
        facts: One for each pair of paper and entity.
        predicates: What holds; "mentions" where nothing does.
        weights: How much each counts.
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    columns = np.concatenate([f.rows for f in facts])
    starts = np.cumsum([0, *(len(f.rows) for f in facts)])
    sparse = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(facts), SIZE))
    dense = csr_matrix(np.array([f.dense for f in facts]) * _DENSE_SCALE)
    model = LogisticRegression(C=_PENALTY, max_iter=400, tol=1e-3)
    targets = [PREDICATES.index(p) for p in predicates]
    model.fit(hstack([sparse, dense]).tocsr(), targets, sample_weight=np.array(weights))
    table = np.zeros((SIZE + DENSE, len(PREDICATES)), dtype=np.float32)
    bias = np.full(len(PREDICATES), -20.0, dtype=np.float32)
    weights_of, bias_of = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn then gives the second class's odds alone
        weights_of, bias_of = (
            np.vstack([-weights_of, weights_of]) / 2,
            np.array([-1, 1]) * bias_of / 2,
        )
    table[:, model.classes_] = weights_of.T
    bias[model.classes_] = bias_of
    return Relating(table[:SIZE], table[SIZE:] * _DENSE_SCALE, bias)
