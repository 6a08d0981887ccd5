"""Help comes first in every state of the dialogue, a running form included, and the turn after it works."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent

from bot.channels.replies import kind_of
from bot.triage.needs import all_needs
from tests.policies.conftest import Talk

DISCLOSURE, AFTER, ASK_AGAIN = "utter_disclosure", "utter_after_crisis", "utter_ask_again"
QUESTION = "none faq/what_is_myoclonus"
ANSWER = "utter_faq/what_is_myoclonus"
DANGER = [f"{level}/{need}" for level in ("emergency", "crisis") for need in all_needs()[level]]
ASKS = "faq/alcohol"
TELLS = "disclosure"

STATES = {
    "question": QUESTION,
    "another question": "none faq/detox",
    "small talk": "none chitchat/greet",
    "not in the article": "none not_in_article",
    "declined": "none decline",
    "off topic": "none off_topic",
    "unsure": f"none {TELLS}",
    "follow-up": "none followup/why",
    "ok": "none acknowledge",
    "yes": "none affirm",
    "no": "none deny",
    "will not call": "none refuse_help",
    "the form begins": "none start_form",
    "addiction": f"addiction/relapse {TELLS}",
    "addiction with a question": "addiction/own_use faq/treatment",
    "distress": f"distress/panic {TELLS}",
    "distress with a question": "distress/grief not_in_article",
    "crisis": f"crisis/abuse {TELLS}",
    "emergency": f"emergency/medical {TELLS}",
    "crisis with a question": f"crisis/suicidal_self {ASKS}",
}

numbers = itertools.count()


def danger_is_answered(talk: Talk, need: str, *, asks: bool) -> None:
    """The one right reply, whatever ran before; then a question is answered, with 988 once and what was asked along."""
    [reply] = talk.say(f"{need} {ASKS if asks else TELLS}")
    assert reply["response"] == f"utter_{need}"
    assert talk.state == (None, "action_listen")
    after, later = talk.say(QUESTION), talk.say(QUESTION)
    assert [one["response"] for one in after if one["response"] != DISCLOSURE] == [ANSWER, AFTER]
    assert "988" in after[1]["text"]
    assert [one["response"] for one in later] == [ANSWER]


@given(
    before=st.lists(st.sampled_from(list(STATES.values())), max_size=6),
    need=st.sampled_from(DANGER),
    asks=st.booleans(),
)
@example(before=["none start_form"], need="crisis/suicidal_self", asks=False)
@example(before=["none start_form", f"crisis/abuse {TELLS}"], need="emergency/overdose_other", asks=True)
@settings(max_examples=60, deadline=None)
def test_danger_in_any_state(agent: Agent, before: list[str], need: str, *, asks: bool) -> None:
    talk = Talk(agent, f"conversation {next(numbers)}")
    for message in before:
        assert talk.say(message) or message == STATES["the form begins"], f"no reply to {message}"
    danger_is_answered(talk, need, asks=asks)
    assert sum(turn.count(DISCLOSURE) for turn in talk.turns) == 1
    alone = [turn for turn in talk.turns if any(kind_of(one, "none") in ("crisis", "emergency") for one in turn)]
    assert all(len(turn) == 1 for turn in alone)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_danger_after_each_state_and_within_the_form(agent: Agent, state: str) -> None:
    talk = Talk(agent, f"conversation {next(numbers)}")
    talk.say("none start_form")
    talk.say(state)
    danger_is_answered(talk, "crisis/self_harm", asks=False)


def test_the_form_of_the_test_works(agent: Agent) -> None:
    talk = Talk(agent, "form")
    talk.say("none start_form")
    assert talk.state[0] == "test_form"
    talk.say("none off_topic")
    assert talk.turns == [["utter_ask_name"], ["utter_done", DISCLOSURE]]
    assert talk.state == (None, "action_listen")


def test_a_form_ended_by_a_crisis_can_begin_again(agent: Agent) -> None:
    talk = Talk(agent, "form again")
    for message in ("none start_form", f"crisis/abuse {TELLS}", QUESTION, "none start_form"):
        talk.say(message)
    assert talk.turns[-1]
    assert talk.state[1] == "action_listen"


HAND_OFF = {
    "alone": (f"addiction/relapse {TELLS}", ["utter_addiction/relapse"]),
    "with a question": ("addiction/own_use faq/treatment", ["utter_addiction/own_use", "utter_faq/treatment"]),
    "with one the article does not answer": (
        "distress/panic not_in_article",
        ["utter_distress/panic", "utter_not_in_article"],
    ),
    "with a request that is declined": ("addiction/own_use decline", ["utter_addiction/own_use", "utter_decline"]),
    "with small talk": ("distress/panic chitchat/greet", ["utter_distress/panic"]),
}


@pytest.mark.parametrize(("message", "responses"), HAND_OFF.values(), ids=HAND_OFF)
@pytest.mark.parametrize("form", [False, True], ids=["", "in the form"])
def test_a_hand_off(agent: Agent, message: str, responses: list[str], *, form: bool) -> None:
    talk = Talk(agent, f"conversation {next(numbers)}")
    if form:
        talk.say("none start_form")
    talk.say(message)
    assert [one for one in talk.turns[-1] if one != DISCLOSURE] == responses
    assert talk.state == (None, "action_listen")


def test_a_question_asked_along_with_a_crisis_is_offered_once(agent: Agent) -> None:
    talk = Talk(agent, "asked along")
    for message in (f"crisis/abuse {ASKS}", "none chitchat/thanks", "none chitchat/thanks"):
        talk.say(message)
    assert talk.turns == [
        ["utter_crisis/abuse"],
        ["utter_chitchat/thanks", AFTER, ASK_AGAIN, DISCLOSURE],
        ["utter_chitchat/thanks"],
    ]


def test_the_offer_names_the_question(agent: Agent) -> None:
    talk = Talk(agent, "offer")
    talk.say(f"crisis/abuse {ASKS}")
    [offer] = [reply for reply in talk.say("none chitchat/thanks") if reply["response"] == ASK_AGAIN]
    assert [button["payload"] for button in offer["buttons"]] == ["Can alcohol cause myoclonus?"]


def test_a_second_crisis_is_followed_by_988_again(agent: Agent) -> None:
    talk = Talk(agent, "second crisis")
    for message in (f"crisis/abuse {TELLS}", QUESTION, f"crisis/abuse {TELLS}", QUESTION):
        talk.say(message)
    assert [AFTER in turn for turn in talk.turns] == [False, True, False, True]


def test_the_first_message_that_is_not_danger_is_followed_by_who_speaks(agent: Agent) -> None:
    talk = Talk(agent, "disclosure")
    for message in (f"emergency/medical {TELLS}", f"distress/panic {TELLS}", QUESTION):
        talk.say(message)
    assert [DISCLOSURE in turn for turn in talk.turns] == [False, True, False]
