"""From how likely to which level."""

from __future__ import annotations

import numpy as np
import pytest

from bot.triage.levels import Level
from bot.triage.thresholds import choose, level_of, tails

NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level
NAMES = ["none", "distress", "addiction", "crisis", "emergency"]
HALF = {"emergency": 0.5, "danger": 0.5, "help": 0.5}

LEVELS = {
    "quiet": ({"emergency": 0.1, "danger": 0.2, "help": 0.4}, HALF, NONE),
    "at the threshold": ({"emergency": 0.5, "danger": 0.5, "help": 0.5}, HALF, EMERGENCY),
    "crisis": ({"emergency": 0.49, "danger": 0.6, "help": 0.9}, HALF, CRISIS),
    "help": ({"emergency": 0.1, "danger": 0.2, "help": 0.9}, HALF, DISTRESS),
    "a low bar": ({"emergency": 0.06, "danger": 0.1, "help": 0.1}, {**HALF, "emergency": 0.05}, EMERGENCY),
}


@pytest.mark.parametrize(("scores", "thresholds", "level"), LEVELS.values(), ids=LEVELS)
def test_the_most_urgent_level_that_is_reached(
    scores: dict[str, float], thresholds: dict[str, float], level: Level
) -> None:
    assert level_of(scores, False, thresholds) is level  # noqa: FBT003


def test_addiction_where_it_is_likelier_than_distress() -> None:
    assert level_of({"emergency": 0, "danger": 0, "help": 1}, True, HALF) is ADDICTION  # noqa: FBT003


def test_tails_add_up_from_the_top() -> None:
    found = tails(NAMES, np.array([[0.1, 0.2, 0.3, 0.15, 0.25]]))
    assert {name: round(float(value[0]), 2) for name, value in found.items()} == {
        "emergency": 0.25,
        "danger": 0.4,
        "help": 0.9,
    }


def messages(danger: list[float]) -> np.ndarray:
    """One row a message, of which so much is crisis and the rest none."""
    return np.array([[1 - p, 0, 0, p, 0] for p in danger])


def test_the_share_of_false_alarms_is_kept() -> None:
    harmless = [i / 200 for i in range(100)]
    allowed = {"emergency": 0.0, "danger": 0.05, "help": 0.5}
    chosen = choose(NAMES, messages(harmless), [NONE] * 100, allowed)
    assert sum(p >= chosen["danger"] for p in harmless) == 5
    assert sum(p >= chosen["help"] for p in harmless) == 50


def test_only_harmless_messages_count_for_it() -> None:
    chosen = choose(NAMES, messages([0.1] * 50 + [0.9] * 50), [NONE] * 50 + [CRISIS] * 50)
    assert chosen["danger"] == pytest.approx(0.1)


@pytest.mark.parametrize(("danger", "threshold"), [(0.9, 0.9), (0.0, 0.02)], ids=["as given", "never below"])
def test_limits(danger: float, threshold: float) -> None:
    assert choose(NAMES, messages([danger] * 10), [NONE] * 10)["danger"] == threshold
