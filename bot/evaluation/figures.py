"""Shares with their uncertainty, and the few other figures of the report."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Z_95 = 1.959964
"""Two-sided 95 % of the normal distribution."""


@dataclass(frozen=True)
class Share:
    """`hits` of `total` messages."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 of 0 is 0."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 %, Wilson (1927): right for few messages and near 0 or 1, where the usual one is not. (0, 1) of none."""
        if not self.total:
            return 0.0, 1.0
        n, p, z2 = self.total, self.value, Z_95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z_95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        low = 0.0 if not self.hits else middle - half
        return max(low, 0.0), 1.0 if self.hits == n else min(middle + half, 1.0)


def share(things: Iterable[T], holds: Callable[[T], bool]) -> Share:
    """Of how many it holds."""
    held = [holds(thing) for thing in things]
    return Share(sum(held), len(held))


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of them lie, by the nearest rank; 0 for none."""
    ordered = sorted(values)
    return ordered[max(math.ceil(part * len(ordered)), 1) - 1] if ordered else 0.0


@dataclass(frozen=True)
class Bin:
    """Messages whose predicted probability lies close together."""

    predicted: float
    """Their mean prediction."""
    seen: Share
    """How many of them it was true of."""


def calibration(predicted: Sequence[float], true: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Ten equal steps from 0 to 1; a step without messages is left out."""
    found = []
    for step in range(bins):
        inside = [i for i, p in enumerate(predicted) if min(int(p * bins), bins - 1) == step]
        if inside:
            mean = sum(predicted[i] for i in inside) / len(inside)
            found.append(Bin(mean, share(inside, lambda i: true[i])))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of prediction and truth over all messages (expected calibration error)."""
    total = sum(one.seen.total for one in bins)
    return sum(abs(one.predicted - one.seen.value) * one.seen.total for one in bins) / total if total else 0.0
