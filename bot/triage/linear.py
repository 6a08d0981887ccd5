"""One trained layer: from numbers about a message to the probability of each class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

STRENGTH = 10.0
"""Inverse of the penalty on large weights (scikit-learn's C)."""
TOLERANCE = 0.3
"""Of the gradient, which scikit-learn sums over all messages: its own 1e-4 takes twice as long over 60,000 of them, and
reads calibration messages no better (signals: F1 .615 both; topics: the same).
"""


@dataclass(frozen=True)
class Linear:
    """One trained layer. `weights` is (384, classes), `bias` (classes,)."""

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats
    exclusive: bool
    """True: the classes share a probability of 1 (softmax). False: each stands on its own (sigmoid)."""

    def probabilities(self, vectors: Vectors) -> Floats:
        """(messages, classes), each between 0 and 1."""
        scores = vectors @ self.weights + self.bias
        if not self.exclusive:
            return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float64)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float64)


def train_exclusive(
    vectors: Vectors, labels: Sequence[str], strength: float = STRENGTH, balance: float = 1.0
) -> Linear:
    """A layer that picks one class. `balance` 1: classes with few examples weigh as much as those with many; 0: each
    example weighs the same.
    """
    counts = Counter(labels)
    weight = {name: (len(labels) / len(counts) / count) ** balance for name, count in counts.items()}
    model = LogisticRegression(C=strength, max_iter=1000, tol=TOLERANCE, class_weight=weight).fit(vectors, labels)
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    return Linear(tuple(model.classes_), np.asarray(weights), np.asarray(bias), exclusive=True)


def train_independent(vectors: Vectors, labels: Sequence[Sequence[str]], classes: Sequence[str]) -> Linear:
    """A layer in which any number of classes may hold; a class without an example stays at probability 0."""
    weights, bias = np.zeros((vectors.shape[1], len(classes))), np.full(len(classes), -20.0)
    for column, name in enumerate(classes):
        present = np.array([name in row for row in labels])
        if present.any() and not present.all():
            model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=TOLERANCE).fit(vectors, present)
            weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return Linear(tuple(classes), weights, bias, exclusive=False)
