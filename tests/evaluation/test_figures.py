"""Shares, intervals (against scipy's Wilson intervals of the binomial test) and the other figures."""

from __future__ import annotations

import pytest

from bot.evaluation.figures import Share, calibration, calibration_error, percentile, share

INTERVALS = {
    "none of ten": (0, 10, 0.0, 0.2775),
    "all of ten": (10, 10, 0.7225, 1.0),
    "half": (50, 100, 0.4038, 0.5962),
    "few of many": (3, 650, 0.0016, 0.0135),
    "most": (255, 270, 0.9104, 0.9660),
    "no messages": (0, 0, 0.0, 1.0),
}


@pytest.mark.parametrize(("hits", "total", "low", "high"), INTERVALS.values(), ids=INTERVALS)
def test_interval(hits: int, total: int, low: float, high: float) -> None:
    assert Share(hits, total).interval == pytest.approx((low, high), abs=5e-5)


def test_share() -> None:
    assert share([1, 2, 3, 4], lambda n: n > 1) == Share(3, 4)
    assert Share(0, 0).value == 0


@pytest.mark.parametrize(("part", "value"), [(0.5, 5), (0.95, 10), (0.0, 1), (1.0, 10)])
def test_percentile_is_one_of_the_values(part: float, value: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], part) == value


def test_calibration_by_steps() -> None:
    bins = calibration([0.02, 0.04, 0.55, 1.0], [False, True, True, True])
    assert [(round(b.predicted, 2), b.seen) for b in bins] == [
        (0.03, Share(1, 2)),
        (0.55, Share(1, 1)),
        (1.0, Share(1, 1)),
    ]
    assert calibration_error(bins) == pytest.approx((2 * 0.47 + 0.45 + 0) / 4)
