"""What a tracker remembers of the turns before."""

from __future__ import annotations

import pytest

from bot.nlu.history import actions_since_last_message, conversation_before, last_parse, user_messages
from bot.triage.conversation import FIRST, Turn
from bot.triage.levels import Level, Subject
from tests.nlu.trackers import LISTEN, did, said, spoke, tracker

CRISIS = {"level": "crisis", "signals": ["abuse"], "subject": "self", "need": "abuse"}


def test_no_tracker_is_a_first_message() -> None:
    assert conversation_before(None) == FIRST
    assert last_parse(None) == {}


def test_turns_are_read_in_order() -> None:
    before = conversation_before(tracker(LISTEN, said(assessment=CRISIS), spoke("utter_crisis"), LISTEN, said("faq")))
    assert before.turns == (Turn(Level.CRISIS, ("abuse",), Subject.SELF, "abuse"), Turn(Level.NONE))


ASKED: dict[str, tuple[str, str | None, str]] = {
    "the reply was seen": ("utter_crisis", "m1", "danger_now"),
    "a channel that can not know": ("utter_crisis", None, "danger_now"),
    "a reply that came too late": ("utter_crisis", "m0", ""),
    "another reply": ("utter_faq", "m1", ""),
    "an emergency asks nothing": ("utter_emergency", "m1", ""),
}


@pytest.mark.parametrize(("action", "seen", "asked"), ASKED.values(), ids=ASKED)
def test_a_question_counts_as_asked_when_its_reply_was_seen(action: str, seen: str | None, asked: str) -> None:
    assert conversation_before(tracker(LISTEN, said(assessment=CRISIS), spoke(action), LISTEN), seen).asked == asked


def test_a_question_of_an_earlier_turn_is_not_asked_any_more() -> None:
    turns = tracker(LISTEN, said(assessment=CRISIS), spoke("utter_crisis"), LISTEN, said(), spoke("utter_faq"), LISTEN)
    assert conversation_before(turns).asked == ""


def test_the_newest_parse() -> None:
    turns = tracker(LISTEN, said(topic="alcohol"), LISTEN, said(topic="detox"))
    assert last_parse(turns)["topic"] == "detox"
    assert len(user_messages(turns)) == 2


def test_actions_of_the_newest_turn() -> None:
    turns = tracker(LISTEN, said(), did("utter_faq", "action_listen"), said(), did("utter_crisis", "utter_x"))
    assert actions_since_last_message(list(turns.events)) == ["utter_crisis", "utter_x"]
