"""From how likely to which level."""

from __future__ import annotations

import numpy as np
import pytest

from bot.triage.levels import Level
from bot.triage.thresholds import CHANCE, LEAST, choose, level_of, tails

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
    assert level_of(scores, thresholds, addiction_over_distress=False) is level


def test_addiction_where_it_is_likelier_than_distress() -> None:
    assert level_of({"emergency": 0, "danger": 0, "help": 1}, HALF, addiction_over_distress=True) is ADDICTION


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


def danger_from(rows: list[tuple[float, bool]]) -> float:
    """The threshold of danger that messages with these scores choose, each a crisis where true."""
    return choose(NAMES, messages([p for p, _ in rows]), [CRISIS if true else NONE for _, true in rows])["danger"]


HONEST = [(p / 10, i < p) for p in range(1, 10) for i in range(10)]
"""At .1 one of ten is true, at .2 two, and so on."""
BOASTFUL = [(1 / (1 + ((1 - p) / p) ** 2), true) for p, true in HONEST]
"""The same, by a model that is twice as sure as it may be."""


def test_a_threshold_is_the_score_from_which_the_chance_is_as_asked() -> None:
    assert danger_from(HONEST) == pytest.approx(CHANCE["danger"], abs=0.01)


def test_a_model_too_sure_of_itself_is_put_right() -> None:
    assert danger_from(BOASTFUL) == pytest.approx(1 / 17, abs=0.01)


def test_easy_messages_beside_the_hard_ones_move_it_little() -> None:
    easy = [(0.0001, False)] * 500
    assert danger_from(HONEST + easy) == pytest.approx(danger_from(HONEST), abs=0.03)


def test_each_threshold_is_judged_by_what_it_covers() -> None:
    probabilities = np.array([[0.9, 0.1, 0, 0, 0], [0.1, 0.9, 0, 0, 0]] * 20)
    chosen = choose(NAMES, probabilities, [NONE, DISTRESS] * 20)
    assert chosen == {"emergency": CHANCE["emergency"], "danger": CHANCE["danger"], "help": pytest.approx(0.4, abs=0.2)}


@pytest.mark.parametrize("level", [NONE, EMERGENCY], ids=["none of them", "all of them"])
def test_where_all_are_alike_a_score_is_taken_at_its_word(level: Level) -> None:
    assert choose(NAMES, messages([0.1, 0.9] * 10), [level] * 20)["danger"] == CHANCE["danger"]


def test_never_below_the_least() -> None:
    assert danger_from([(0.0001 + i / 1e6, i % 10 > 3) for i in range(100)]) == LEAST
