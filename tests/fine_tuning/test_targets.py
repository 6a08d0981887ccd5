"""What the encoder is taught: the right rows, and a topic of few examples not drowned by thousands of others."""

from __future__ import annotations

import numpy as np
import pytest

from bot.fine_tuning.targets import targets_of
from bot.triage.examples import Example
from bot.triage.learned import LEVELS, SIGNALS, SUBJECTS
from bot.triage.levels import Level, Subject


def example(intent: str, level: Level = Level.NONE, *signals: str, subject: Subject = Subject.UNKNOWN) -> Example:
    return Example("words", intent, level, signals, subject, voice="plain", file="toy")


def test_each_row_says_what_its_message_is() -> None:
    told = example("crisis/suicidal_self", Level.CRISIS, "suicidal_thoughts", "grief", subject=Subject.SELF)
    targets = targets_of([told, example("faq/alcohol")], ["disclosure", "faq/alcohol"])
    assert targets.level.tolist() == [LEVELS.index("crisis"), LEVELS.index("none")]
    assert np.flatnonzero(targets.signals[0]).tolist() == sorted(map(SIGNALS.index, ("suicidal_thoughts", "grief")))
    assert not targets.signals[1].any()
    assert targets.subject.tolist() == [SUBJECTS.index("self"), -1]
    assert targets.label.tolist() == [0, 1]


def test_a_rare_label_counts_more_and_all_together_as_much_as_before() -> None:
    examples = [example("off_topic")] * 100 + [example("faq/alcohol")] * 4
    share = targets_of(examples, ["faq/alcohol", "faq/detox", "off_topic"]).share
    assert share[-1] / share[0] == pytest.approx(5)  # the root of 100 / 4
    assert share.mean() == pytest.approx(1)
