"""The one decision, with everything it weighs written out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.triage.conversation import FIRST, Conversation, Turn
from bot.triage.decide import Learned, decide
from bot.triage.learned import SIGNALS
from bot.triage.levels import SIGNAL_LEVELS, Assessment, Evidence, Level, Subject

NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level
SELF, OTHER, UNKNOWN = Subject

THRESHOLDS = {"emergency": 0.5, "danger": 0.5, "help": 0.5, "harmless": 0.95}
QUIET = {"emergency": 0.0, "danger": 0.0, "help": 0.1}
SPAN = (3, 9)


def learned(
    level: Level = NONE,
    *,
    subject: Subject = UNKNOWN,
    addiction: bool = False,
    help_: float | None = None,
    **signals: float,
) -> Learned:
    scores = {
        "emergency": 0.9 * (level is EMERGENCY),
        "danger": 0.9 * level.is_danger,
        "help": 0.9 * (level is not NONE) or 0.1,
    }
    if help_ is not None:
        scores["help"] = help_
    return Learned(scores, {**dict.fromkeys(SIGNALS, 0.01), **signals}, subject, addiction, SPAN)


def rule(signal: str, subject: Subject = UNKNOWN, need: str = "") -> Evidence:
    return Evidence(signal, SIGNAL_LEVELS[signal], 0, 2, f"rule_{signal}", subject, need)


def decided(
    *rules: Evidence, by: Learned | None = None, text: str = "words", before: Conversation = FIRST
) -> Assessment:
    return decide(text, rules, by or learned(), before, THRESHOLDS)


def test_nothing_is_none() -> None:
    assert decided() == Assessment(why="no rule", scores=QUIET)


def test_a_rule_stands_without_the_learned_part() -> None:
    assessment = decided(rule("overdose", OTHER))
    assert (assessment.level, assessment.need, assessment.why) == (EMERGENCY, "overdose_other", "rule rule_overdose")


CUT = rule("self_harm", SELF)
NEEDS = {
    "words": ((CUT,), learned(CRISIS), "self_harm"),
    "words, and a doubtful guess": ((CUT,), learned(CRISIS, suicidal_thoughts=0.7), "self_harm"),
    "words, and a clear one": ((CUT,), learned(CRISIS, suicidal_thoughts=0.8), "suicidal_self"),
    "a guess without words": ((), learned(CRISIS, suicidal_thoughts=0.6, self_harm=0.9), "suicidal_self"),
    "words of a lower level": ((rule("craving"),), learned(CRISIS, suicidal_thoughts=0.6), "suicidal_self"),
}


@pytest.mark.parametrize(("rules", "by", "need"), NEEDS.values(), ids=NEEDS)
def test_what_words_say_chooses_the_reply_before_a_guess(rules: tuple[Evidence, ...], by: Learned, need: str) -> None:
    assert decided(*rules, by=by).need == need


def test_the_learned_part_stands_without_a_rule() -> None:
    assessment = decided(by=learned(CRISIS, subject=SELF, self_harm=0.3))
    assert (assessment.level, assessment.signals, assessment.need) == (CRISIS, ("self_harm",), "self_harm")
    assert assessment.evidence == (Evidence("self_harm", CRISIS, *SPAN, "learned", SELF),)
    assert assessment.why == "learned"


OUTSIDE = {
    "news of nobody": ("in the news, an overdose", NONE),
    "a story of nobody": ("an overdose in episode nine", NONE),
    "a lesson": ("so alone before an exam", DISTRESS),
    "news of somebody": ("in the news, my son's overdose", DISTRESS),
    "news to oneself": ("in the news an overdose and i shake", DISTRESS),
    "no news": ("an overdose", DISTRESS),
}


@pytest.mark.parametrize(("text", "level"), OUTSIDE.values(), ids=OUTSIDE)
def test_what_is_told_from_outside_needs_help_from_an_even_chance(text: str, level: Level) -> None:
    unsure = replace(learned(), scores={**QUIET, "help": 0.49})
    assert decide(text, (), unsure, FIRST, {**THRESHOLDS, "help": 0.2}).level is level
    assert decide(text, (), learned(DISTRESS), FIRST, {**THRESHOLDS, "help": 0.2}).level is DISTRESS


@pytest.mark.parametrize(
    ("danger", "level"), [(0.49, DISTRESS), (0.51, CRISIS)], ids=["grief alone", "and more beside it"]
)
def test_beside_a_death_that_is_told_danger_counts_from_an_even_chance(danger: float, level: Level) -> None:
    unsure = replace(learned(), scores={"emergency": 0.0, "danger": danger, "help": 0.9})
    low = {**THRESHOLDS, "danger": 0.25, "help": 0.2}
    assert decide("my dad took his own life in june", (), unsure, FIRST, low).level is level


def test_danger_told_from_outside_is_taken_seriously() -> None:
    unsure = replace(learned(), scores={"emergency": 0.0, "danger": 0.3, "help": 0.3})
    low = {**THRESHOLDS, "danger": 0.25, "help": 0.2}
    assert decide("in the news, an overdose", (), unsure, FIRST, low).level is CRISIS


HIGHEST: dict[str, tuple[list[Evidence], Learned, Level]] = {
    "rule over learned": ([rule("suicidal_thoughts")], learned(DISTRESS), CRISIS),
    "learned over rule": ([rule("wants_human")], learned(EMERGENCY), EMERGENCY),
    "rule over rule": ([rule("relapse"), rule("self_harm")], learned(), CRISIS),
    "addiction": ([], learned(ADDICTION, addiction=True), ADDICTION),
    "distress": ([], learned(DISTRESS), DISTRESS),
}


@pytest.mark.parametrize(("rules", "by", "level"), HIGHEST.values(), ids=HIGHEST)
def test_the_highest_level_wins(rules: list[Evidence], by: Learned, level: Level) -> None:
    assert decided(*rules, by=by).level is level


def test_every_signal_is_kept_the_most_urgent_first() -> None:
    assessment = decided(rule("relapse"), rule("self_harm"), by=learned(CRISIS, hopelessness=0.8))
    assert assessment.signals == ("self_harm", "relapse", "hopelessness")
    assert [evidence.signal for evidence in assessment.evidence] == ["self_harm", "relapse", "hopelessness"]


def test_a_signal_above_the_level_is_not_named() -> None:
    assert "overdose" not in decided(by=learned(DISTRESS, overdose=0.6, panic=0.7)).signals


SUBJECTS: dict[str, tuple[list[Evidence], Learned, Subject]] = {
    "of the highest signal": ([rule("relapse", SELF), rule("self_harm", OTHER)], learned(), OTHER),
    "learned where the words do not say": ([rule("overdose")], learned(subject=OTHER), OTHER),
    "the words before the learned part": ([rule("overdose", SELF)], learned(subject=OTHER), SELF),
}


@pytest.mark.parametrize(("rules", "by", "subject"), SUBJECTS.values(), ids=SUBJECTS)
def test_whose_life_it_is_about(rules: list[Evidence], by: Learned, subject: Subject) -> None:
    assert decided(*rules, by=by).subject is subject


def test_the_need_of_a_lower_rule_does_not_choose_the_reply() -> None:
    assert decided(rule("relapse", SELF, "relapse"), rule("self_harm", SELF)).need == "self_harm"


def test_a_rules_need_chooses_the_reply() -> None:
    assert decided(rule("overdose", OTHER, "child_poisoned")).need == "child_poisoned"


def test_a_rule_is_overruled_only_where_the_message_is_all_but_certainly_harmless() -> None:
    jest = replace(rule("overdose"), figurative=True)
    assert decided(jest, by=learned(help_=0.04)).level is NONE
    assert decided(jest, by=learned(help_=0.06)).level is EMERGENCY


def test_a_rule_whose_words_are_never_said_in_jest_stands_whatever_was_learned() -> None:
    assert decided(rule("overdose"), by=learned(help_=0.0)).level is EMERGENCY
    jest = replace(rule("suicide_imminent"), figurative=True)
    both = decided(rule("self_harm"), jest, by=learned(help_=0.0))
    assert (both.level, both.signals) == (CRISIS, ("self_harm",))


@pytest.mark.parametrize(
    ("signal", "scores", "level"),
    [
        ("overdose", {"emergency": 0.26, "danger": 0.26, "help": 0.3}, EMERGENCY),
        ("overdose", {"emergency": 0.24, "danger": 0.3, "help": 0.3}, NONE),
        ("self_harm", {"emergency": 0.0, "danger": 0.26, "help": 0.3}, CRISIS),
        ("self_harm", {"emergency": 0.0, "danger": 0.24, "help": 0.3}, NONE),
    ],
)
def test_a_rule_that_a_context_excuses_stands_where_danger_is_half_heard(
    signal: str, scores: dict[str, float], level: Level
) -> None:
    excused = replace(rule(signal), excused=True)
    assert decided(excused, by=replace(learned(), scores=scores)).level is level


def conversation(level: Level, *signals: str, asked: str = "", subject: Subject = SELF, need: str = "") -> Conversation:
    return Conversation((Turn(level, signals, subject, need),), asked)


SUICIDAL = conversation(CRISIS, "suicidal_thoughts", asked="danger_now")
TURNS: dict[str, tuple[str, Conversation, Level, str]] = {
    "yes to danger now": ("yes", SUICIDAL, EMERGENCY, "suicide_self"),
    "yes, nothing asked": ("yes", conversation(CRISIS, "suicidal_thoughts"), NONE, ""),
    "yes, of somebody else": (
        "yes",
        conversation(CRISIS, "suicidal_thoughts", asked="danger_now", subject=OTHER),
        EMERGENCY,
        "suicide_other",
    ),
    "yes, of abuse": ("yes", conversation(CRISIS, "abuse", asked="danger_now"), EMERGENCY, "violence"),
    "no to danger now": ("no", SUICIDAL, DISTRESS, "overwhelmed"),
    "jk": ("jk", conversation(CRISIS, "suicidal_thoughts"), DISTRESS, "overwhelmed"),
    "jk after nothing": ("jk", conversation(NONE), NONE, ""),
    "never mind after an emergency": (
        "never mind i am fine",
        conversation(EMERGENCY, "overdose"),
        DISTRESS,
        "overwhelmed",
    ),
    "will not call": ("i will not call", SUICIDAL, CRISIS, "refusal"),
    "no police in an emergency": ("no police", conversation(EMERGENCY, "overdose"), EMERGENCY, "refusal"),
    "a refusal is met once": (
        "no police",
        conversation(CRISIS, "suicidal_thoughts", need="refusal"),
        CRISIS,
        "suicidal_self",
    ),
    "no police after nothing": ("no police", conversation(NONE), NONE, ""),
    "means after despair": ("how many would it take", conversation(DISTRESS, "hopelessness"), CRISIS, "lethal_means"),
    "how many after pain": ("how many can i take", conversation(DISTRESS, "severe_pain"), NONE, ""),
    "a question after a crisis": ("what is myoclonus?", SUICIDAL, NONE, ""),
}


@pytest.mark.parametrize(("text", "before", "level", "need"), TURNS.values(), ids=TURNS)
def test_what_the_turn_before_makes_of_it(text: str, before: Conversation, level: Level, need: str) -> None:
    assessment = decided(text=text, before=before)
    assert (assessment.level, assessment.need) == (level, need)


def test_what_is_stored_is_plain_json() -> None:
    def types(node: Any) -> set[type]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        return {type(node)}.union(*map(types, inner))

    stored = decided(rule("overdose", OTHER), by=learned(EMERGENCY, overdose=0.9)).as_json()
    assert types(stored) <= {dict, list, str, int, float}
    assert (stored["level"], stored["subject"], stored["need"]) == ("emergency", "other", "overdose_other")
    assert {"signal": "overdose", "start": 0, "end": 2, "source": "rule_overdose"} in stored["evidence"]


LONG_AFTER = Conversation((Turn(CRISIS, ("suicidal_thoughts",), SELF), *[Turn(NONE)] * 8))
PARTINGS = {
    "a bare parting": ("goodbye", FIRST, NONE),
    "with thanks": ("thanks, bye for now", FIRST, NONE),
    "with more than a parting": ("goodbye, thank you for trying", FIRST, EMERGENCY),
    "of somebody who told of danger, however long ago": ("goodbye", LONG_AFTER, EMERGENCY),
    "of somebody in despair": ("goodbye", conversation(DISTRESS, "hopelessness"), EMERGENCY),
}


@pytest.mark.parametrize(("text", "before", "level"), PARTINGS.values(), ids=PARTINGS)
def test_a_bare_parting_is_small_talk_unless_danger_was_told(text: str, before: Conversation, level: Level) -> None:
    assert decided(by=learned(EMERGENCY), text=text, before=before).level is level
