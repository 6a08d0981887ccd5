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


LATER: dict[str, tuple[str, list[str], str]] = {
    "an answer between": ("what is it", ["utter_faq"], "danger_now"),
    "two answers between": ("what is it", ["utter_faq", "utter_faq"], "danger_now"),
    "too long ago": ("what is it", ["utter_faq"] * 3, ""),
    "answered with no": ("no", ["utter_distress"], ""),
    "taken back": ("jk", ["utter_distress"], ""),
    "another question asked since": ("what is it", ["utter_ask_again"], ""),
    "unsure what was meant": ("the thing", ["action_suggest_topics"], ""),
}


@pytest.mark.parametrize(("text", "replies", "asked"), LATER.values(), ids=LATER)
def test_the_question_waits_for_its_answer(text: str, replies: list[str], asked: str) -> None:
    later = [[said(text=text, message_id=f"l{n}"), *spoke(reply), *LISTEN] for n, reply in enumerate(replies)]
    turns = tracker(LISTEN, said(assessment=CRISIS), spoke("utter_crisis"), LISTEN, *later)
    assert conversation_before(turns).asked == asked


def test_an_answer_between_does_not_make_a_late_reply_seen() -> None:
    turns = tracker(
        LISTEN, said(message_id="m0"), spoke("utter_faq"), LISTEN,
        said(assessment=CRISIS), spoke("utter_crisis"), LISTEN, said(message_id="m2"), spoke("utter_faq"), LISTEN,
    )  # fmt: skip
    assert conversation_before(turns, "m0").asked == ""
    assert conversation_before(turns, "m2").asked == "danger_now"


def test_the_newest_parse() -> None:
    turns = tracker(LISTEN, said(topic="alcohol"), LISTEN, said(topic="detox"))
    assert last_parse(turns)["topic"] == "detox"
    assert len(user_messages(turns)) == 2


def test_actions_of_the_newest_turn() -> None:
    turns = tracker(LISTEN, said(), did("utter_faq", "action_listen"), said(), did("utter_crisis", "utter_x"))
    assert actions_since_last_message(list(turns.events)) == ["utter_crisis", "utter_x"]
