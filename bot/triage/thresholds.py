"""How likely a level must be before it is given. Chosen on predictions for training messages that the model had not
seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from bot.triage.levels import Level

Floats = npt.NDArray[np.float64]

CHANCE = {"emergency": 1 / 3, "danger": 1 / 5, "help": 1 / 3}
"""How likely an emergency, a crisis or more, or a need of help must be (triage.md: which mistake is worse). One danger
missed is held to be as bad as four false alarms, one need of help as two. An emergency that is answered as a crisis
still gets 988, the helpline and 911: it counts as two.
"""
FROM = {"emergency": Level.EMERGENCY, "danger": Level.CRISIS, "help": Level.DISTRESS}
"""The least urgent level that each of them covers."""
LEAST = 0.02
SURE = 1e-6
"""How near to 0 or 1 a score counts as such."""
LEAST_CERTAIN = 0.95
MARGIN = 0.02


def tails(levels: Sequence[str], probabilities: Floats) -> dict[str, Floats]:
    """Per message: P(emergency), P(crisis or more) and P(anything but none). `levels` names the columns."""
    column = {name: probabilities[:, i] for i, name in enumerate(levels)}
    danger = column[Level.EMERGENCY.value] + column[Level.CRISIS.value]
    return {"emergency": column[Level.EMERGENCY.value], "danger": danger, "help": 1 - column[Level.NONE.value]}


def choose(levels: Sequence[str], probabilities: Floats, truth: Sequence[Level]) -> dict[str, float]:
    """The scores from which each is as likely as CHANCE asks, judged by messages whose level is known.

    The score's logit is fitted to what was true by a logistic curve (Platt 1999), so that a model too sure of itself,
    or not sure enough, is put right. Never below LEAST. Where all messages are alike there is nothing to fit, and a
    score is taken at its word.
    """
    chosen: dict[str, float] = {}
    for name, scores in tails(levels, probabilities).items():
        true = np.array([level.rank >= FROM[name].rank for level in truth])
        chosen[name] = max(_score_at_chance(scores, true, CHANCE[name]), LEAST)
    return chosen


def _score_at_chance(scores: Floats, true: npt.NDArray[np.bool_], chance: float) -> float:
    """The score from which what is asked is true with this chance."""
    if true.all() or not true.any():
        return chance
    curve = LogisticRegression(penalty="none").fit(logit(np.clip(scores, SURE, 1 - SURE))[:, None], true)
    slope, rest = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    return float(expit((logit(chance) - rest) / slope)) if slope > 0 else chance


def harmless_from(none_scores: Floats, told: Sequence[bool]) -> float:
    """P(none) from which a rule's match is overruled: above every calibration message that tells of danger and that a
    rule sees.

    `none_scores`: P(none) per message; `told`: whether it is such a message. Never below LEAST_CERTAIN.
    """
    seen = none_scores[np.array(told, dtype=bool)]
    return float(max(LEAST_CERTAIN, seen.max() + MARGIN if seen.size else 1.0))


def level_of(scores: dict[str, float], thresholds: dict[str, float], *, addiction_over_distress: bool) -> Level:
    """The most urgent level whose tail reaches its threshold."""
    if scores["emergency"] >= thresholds["emergency"]:
        return Level.EMERGENCY
    if scores["danger"] >= thresholds["danger"]:
        return Level.CRISIS
    if scores["help"] >= thresholds["help"]:
        return Level.ADDICTION if addiction_over_distress else Level.DISTRESS
    return Level.NONE
