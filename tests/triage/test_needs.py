"""Which reply of a level fits."""

from __future__ import annotations

import pytest

from bot.triage.levels import SIGNAL_LEVELS, Level, Subject
from bot.triage.needs import all_needs, need_of

NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level
SELF, OTHER, UNKNOWN = Subject

NEEDS = {
    "violence": (EMERGENCY, {"violence_now", "suicide_imminent"}, SELF, "violence"),
    "suicide of another": (EMERGENCY, {"suicide_imminent"}, OTHER, "suicide_other"),
    "suicide": (EMERGENCY, {"suicide_imminent"}, SELF, "suicide_self"),
    "suicide by overdose": (EMERGENCY, {"overdose", "suicide_imminent"}, SELF, "suicide_self"),
    "own overdose": (EMERGENCY, {"overdose"}, SELF, "overdose_self"),
    "overdose of nobody named": (EMERGENCY, {"overdose"}, UNKNOWN, "overdose_other"),
    "anything else": (EMERGENCY, {"medical_emergency"}, SELF, "medical"),
    "a suicidal friend": (CRISIS, {"suicidal_thoughts"}, OTHER, "suicidal_other"),
    "suicidal": (CRISIS, {"suicidal_thoughts", "self_harm"}, SELF, "suicidal_self"),
    "a child that cuts": (CRISIS, {"self_harm"}, OTHER, "self_harm_other"),
    "self-harm": (CRISIS, {"self_harm"}, SELF, "self_harm"),
    "abuse": (CRISIS, {"abuse"}, SELF, "abuse"),
    "a child": (CRISIS, {"child_at_risk", "abuse"}, OTHER, "child_at_risk"),
    "thoughts of hurting": (CRISIS, {"harm_to_others"}, OTHER, "harm_to_others"),
    "means": (CRISIS, {"lethal_means"}, SELF, "lethal_means"),
    "own past attempt": (CRISIS, {"past_attempt"}, SELF, "suicidal_self"),
    "another's past attempt": (CRISIS, {"past_attempt"}, OTHER, "suicidal_other"),
    "relapse": (ADDICTION, {"relapse", "craving"}, SELF, "relapse"),
    "another's relapse": (ADDICTION, {"relapse"}, OTHER, "relapse_other"),
    "a relative": (ADDICTION, {"concern_for_other"}, UNKNOWN, "relative"),
    "somebody else's use": (ADDICTION, {"misuse"}, OTHER, "relative"),
    "withdrawal": (ADDICTION, {"withdrawal"}, SELF, "withdrawal"),
    "treatment": (ADDICTION, {"treatment_seeking"}, SELF, "treatment"),
    "own use": (ADDICTION, {"loss_of_control"}, SELF, "own_use"),
    "a person": (DISTRESS, {"wants_human", "grief"}, SELF, "human"),
    "grief": (DISTRESS, {"grief"}, SELF, "grief"),
    "pain": (DISTRESS, {"severe_pain"}, SELF, "pain"),
    "panic": (DISTRESS, {"panic"}, SELF, "panic"),
    "loneliness": (DISTRESS, {"loneliness"}, SELF, "loneliness"),
    "too much": (DISTRESS, {"overwhelmed"}, SELF, "overwhelmed"),
    "nothing": (NONE, set(), UNKNOWN, ""),
}


@pytest.mark.parametrize(("level", "signals", "subject", "need"), NEEDS.values(), ids=NEEDS)
def test_the_reply_that_fits(level: Level, signals: set[str], subject: Subject, need: str) -> None:
    assert need_of(level, signals, subject) == need


TOLD = {
    "poisoned child": (EMERGENCY, "child_poisoned"),
    "toxicity": (EMERGENCY, "opioid_toxicity"),
    "refusal": (CRISIS, "refusal"),
    "alcohol": (ADDICTION, "sedative_withdrawal"),
}


@pytest.mark.parametrize(("level", "need"), TOLD.values(), ids=TOLD)
def test_a_rule_knows_better_than_the_signals(level: Level, need: str) -> None:
    signals = {signal for signal, its in SIGNAL_LEVELS.items() if its is level}
    assert need_of(level, signals, SELF) != need
    assert need_of(level, signals, SELF, {need}) == need


@pytest.mark.parametrize("level", [level for level in Level if level is not NONE])
@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize("signal", ["", *SIGNAL_LEVELS])
def test_every_level_has_a_reply_whatever_is_known(level: Level, subject: Subject, signal: str) -> None:
    assert need_of(level, {signal} - {""}, subject) in all_needs()[level.value]
