"""The messages that went most wrong, so that they can be looked at."""

from __future__ import annotations

from collections.abc import Iterable

from bot.evaluation.goals import Judged, recognised
from bot.triage.levels import Level

MOST = 10
TAILS = {Level.EMERGENCY: "emergency", Level.CRISIS: "danger", Level.ADDICTION: "help", Level.DISTRESS: "help"}
"""The learned score that should have been high, by the message's level."""


def worst(judged: Iterable[Judged], level: Level, most: int = MOST) -> list[Judged]:
    """Messages of the level that got too little (of `none`: that got too much), the furthest off first."""
    wrong = [one for one in judged if one[0].level is level and _wrong(one)]
    return sorted(wrong, key=_badness, reverse=True)[:most]


def _wrong(judged: Judged) -> bool:
    example, outcome = judged
    if example.level is Level.NONE:
        return outcome.replied is not Level.NONE
    return not recognised(judged) or (example.level is Level.EMERGENCY and outcome.answered is not Level.EMERGENCY)


def _badness(judged: Judged) -> tuple[int, float, str]:
    """Levels between what is right and what came, then how sure the learned part was of the wrong."""
    example, outcome = judged
    scores = outcome.assessment.get("scores") or {}
    apart = abs(outcome.answered.rank - example.level.rank)
    sure = scores.get("help", 0.0) if example.level is Level.NONE else -scores.get(TAILS[example.level], 0.0)
    return apart, sure, example.text


def evidence_of(judged: Judged) -> str:
    """`overdose "took too many" (rule_id)`, and so on."""
    example, outcome = judged
    told = []
    for e in outcome.assessment.get("evidence") or []:
        words = "" if e["source"] == "learned" else f' "{example.text[e["start"] : e["end"]]}"'
        told.append(f"{e['signal']}{words} ({e['source']})")
    return "; ".join(told) or "none"


def scores_of(judged: Judged) -> str:
    """`emergency .02 · danger .10 · help .31`, the learned part's."""
    scores = judged[1].assessment.get("scores") or {}
    return " · ".join(f"{name} {value:.2f}".replace(" 0.", " .") for name, value in scores.items()) or "none"
