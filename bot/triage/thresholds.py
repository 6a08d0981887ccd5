"""How likely a level must be before it is given. Chosen on predictions for training messages that the model had not
seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.triage.levels import Level

Floats = npt.NDArray[np.float64]

FALSE_ALARMS = {"emergency": 0.015, "danger": 0.05, "help": 0.12}
"""Share of the harmless calibration messages, most of them written to look like danger, that may be taken for an
emergency, for a crisis or more, or be offered help unasked. Above the goals for the first two: a missed crisis is the
worst this software can do.
"""
LEAST = 0.02
LEAST_CERTAIN = 0.95
MARGIN = 0.02


def tails(levels: Sequence[str], probabilities: Floats) -> dict[str, Floats]:
    """Per message: P(emergency), P(crisis or more) and P(anything but none). `levels` names the columns."""
    column = {name: probabilities[:, i] for i, name in enumerate(levels)}
    danger = column[Level.EMERGENCY.value] + column[Level.CRISIS.value]
    return {"emergency": column[Level.EMERGENCY.value], "danger": danger, "help": 1 - column[Level.NONE.value]}


def choose(
    levels: Sequence[str], probabilities: Floats, truth: Sequence[Level], allowed: dict[str, float] | None = None
) -> dict[str, float]:
    """The lowest thresholds that keep the false alarms on harmless messages within `allowed` (FALSE_ALARMS)."""
    harmless = np.array([level is Level.NONE for level in truth])
    chosen: dict[str, float] = {}
    for name, scores in tails(levels, probabilities).items():
        share = (allowed or FALSE_ALARMS)[name]
        chosen[name] = float(max(np.quantile(scores[harmless], 1 - share), LEAST))
    return chosen


def harmless_from(none_scores: Floats, told: Sequence[bool]) -> float:
    """P(none) from which a rule's match is overruled: above every calibration message that tells of danger and that a
    rule sees.

    `none_scores`: P(none) per message; `told`: whether it is such a message. Never below LEAST_CERTAIN.
    """
    seen = none_scores[np.array(told, dtype=bool)]
    return float(max(LEAST_CERTAIN, seen.max() + MARGIN if seen.size else 1.0))


def level_of(scores: dict[str, float], addiction_over_distress: bool, thresholds: dict[str, float]) -> Level:
    """The most urgent level whose tail reaches its threshold."""
    if scores["emergency"] >= thresholds["emergency"]:
        return Level.EMERGENCY
    if scores["danger"] >= thresholds["danger"]:
        return Level.CRISIS
    if scores["help"] >= thresholds["help"]:
        return Level.ADDICTION if addiction_over_distress else Level.DISTRESS
    return Level.NONE
