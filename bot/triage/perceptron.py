"""The layer that gives the level: three small networks, averaged.

A straight line through fine-tuned vectors saturates just where it matters, between the last harmless message and the
first dangerous one; a hidden layer ranks those better (docs/decisions/0005).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

HIDDEN = 128
PASSES = 6
"""Over the examples: stopped early, because the encoder knows most of them by heart."""
PENALTY = 0.01
MEMBERS = 3
"""Networks that start from different weights: the average is steadier than any of them."""


@dataclass(frozen=True)
class Perceptron:
    """`hidden` is (members, dimensions + 1, HIDDEN), `out` is (members, HIDDEN + 1, classes); last rows are biases."""

    classes: tuple[str, ...]
    hidden: Floats
    out: Floats

    def probabilities(self, vectors: Vectors) -> Floats:
        """(messages, classes), each row a probability of 1 shared."""
        weights, bias = self._first
        side_by_side = np.maximum(vectors @ weights + bias, 0)
        inner = side_by_side.reshape(len(vectors), len(self.hidden), -1).transpose(1, 0, 2)
        scores = inner @ self.out[:, :-1] + self.out[:, -1:]
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        return np.asarray((shares / shares.sum(axis=2, keepdims=True)).mean(axis=0), dtype=np.float64)

    @cached_property
    def _first(self) -> tuple[Vectors, Vectors]:
        """The hidden layers side by side: weights (dimensions, members * HIDDEN) and biases.

        The penalty shrinks what is not used below the least number a processor multiplies at its usual speed
        (subnormal): as they are, these take ten times as long as noughts.
        """
        beside = np.concatenate(list(self.hidden), axis=1).astype(np.float32)
        beside[np.abs(beside) < np.finfo(np.float32).tiny] = 0
        return np.ascontiguousarray(beside[:-1]), beside[-1]

    def arrays(self) -> dict[str, Floats]:
        """What to save."""
        return {"hidden": self.hidden, "out": self.out}

    @classmethod
    def of(cls, classes: Sequence[str], arrays: Mapping[str, Any]) -> Perceptron:
        """What `arrays` gave."""
        return cls(tuple(classes), arrays["hidden"], arrays["out"])


def train_perceptron(vectors: Vectors, labels: Sequence[str]) -> Perceptron:
    """The same for the same examples. There must be three classes or more.

    In double precision: the penalty shrinks what is not used to what only this still tells from nought, and a
    processor takes three times as long over numbers that single precision hardly holds (subnormal).
    """
    doubles = vectors.astype(np.float64)
    members = [_member(doubles, labels, seed) for seed in range(MEMBERS)]
    hidden, out = (
        np.stack([np.vstack([member.coefs_[at], member.intercepts_[at]]) for member in members]) for at in (0, 1)
    )
    return Perceptron(tuple(members[0].classes_), hidden, out)


def _member(vectors: Floats, labels: Sequence[str], seed: int) -> MLPClassifier:
    network = MLPClassifier(
        (HIDDEN,), alpha=PENALTY, max_iter=PASSES, batch_size=min(128, len(labels)), random_state=seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is meant to stop early
        return network.fit(vectors, list(labels))
