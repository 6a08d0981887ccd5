"""The level's layer: three small networks, averaged."""

from __future__ import annotations

import numpy as np
import pytest

from bot.triage.perceptron import HIDDEN, Perceptron, Vectors

CLASSES = ("crisis", "none")
DIMENSIONS = 4


def layer(scale: float = 1.0) -> Perceptron:
    draw = np.random.default_rng(0)
    return Perceptron(
        CLASSES,
        scale * draw.normal(size=(3, DIMENSIONS + 1, HIDDEN)),
        draw.normal(size=(3, HIDDEN + 1, len(CLASSES))),
    )


def vectors(rows: int) -> Vectors:
    return np.random.default_rng(1).normal(size=(rows, DIMENSIONS)).astype(np.float32)


@pytest.mark.parametrize("rows", [1, 5])
def test_the_mean_of_the_members(rows: int) -> None:
    of, given = layer(), vectors(rows)
    shares = []
    for hidden, out in zip(of.hidden, of.out, strict=True):
        scores = np.exp(np.maximum(given @ hidden[:-1] + hidden[-1], 0) @ out[:-1] + out[-1])
        shares.append(scores / scores.sum(axis=1, keepdims=True))
    assert of.probabilities(given) == pytest.approx(np.mean(shares, axis=0), abs=1e-5)


def test_no_weight_is_too_small_for_the_processors_usual_speed() -> None:
    of = layer(scale=1e-39)
    assert np.any(of.hidden.astype(np.float32))
    assert not any(np.any(part) for part in of._first)
