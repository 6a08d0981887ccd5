"""Two messages in one: the higher level, its subject, the signals of both, and no topic."""

from __future__ import annotations

import random

import numpy as np
import pytest

from bot.fine_tuning import joined as module
from bot.fine_tuning.joined import joined
from bot.fine_tuning.targets import Targets, targets_of
from bot.triage.examples import Example
from bot.triage.learned import LEVELS, SIGNALS, SUBJECTS
from bot.triage.levels import Level, Subject

HARMLESS = Example("what time is it", "off_topic", Level.NONE, (), Subject.UNKNOWN, "plain", "toy")
CRISIS = Example("i want to die", "crisis", Level.CRISIS, ("suicidal_thoughts",), Subject.SELF, "plain", "")
OTHERS = Example("he od'd", "emergency/overdose_other", Level.EMERGENCY, ("overdose",), Subject.OTHER, "plain", "toy")
TOLD = (HARMLESS, CRISIS, OTHERS)


def toy() -> tuple[list[str], Targets]:
    return [one.text for one in TOLD], targets_of(TOLD, sorted({one.label for one in TOLD}))


def parts_of(text: str) -> set[int]:
    return {row for row, one in enumerate(TOLD) if one.text in text}


def test_a_joined_message_has_the_higher_level_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHARE", 1.0)
    seen: set[frozenset[int]] = set()
    for seed in range(20):
        texts, targets = joined(*toy(), random.Random(seed))  # noqa: S311 - no secret
        for row, text in enumerate(texts):
            both = parts_of(text)
            top = max(both, key=lambda one: TOLD[one].level.rank)
            assert row in both
            assert LEVELS[targets.level[row]] == TOLD[top].level.value
            assert targets.subject[row] == (-1 if TOLD[top] is HARMLESS else SUBJECTS.index(TOLD[top].subject.value))
            named = {SIGNALS[i] for i in np.flatnonzero(targets.signals[row])}
            assert named == {signal for one in both for signal in TOLD[one].signals}
            assert targets.share[row] == 0
            seen.add(frozenset(both))
    assert {frozenset(pair) for pair in ((0, 1), (0, 2), (1, 2))} <= seen


def test_about_the_share_is_joined_and_the_rest_is_left_alone() -> None:
    texts, targets = toy()
    many, wanted = texts * 400, targets_of(TOLD * 400, sorted({one.label for one in TOLD}))
    made, found = joined(many, wanted, random.Random(0))  # noqa: S311 - no secret
    alone = [row for row, (one, other) in enumerate(zip(many, made, strict=True)) if one == other]
    assert 1 - len(alone) / len(many) == pytest.approx(module.SHARE, abs=0.03)
    assert (found.level[alone] == wanted.level[alone]).all()
    assert (found.share[alone] == wanted.share[alone]).all()
    assert (targets.share > 0).all()
