"""What a reply amounts to: its kind, and the numbers in it."""

from __future__ import annotations

import pytest

from bot.evaluation.judge import outcome
from bot.triage.levels import Level

HELPLINE = "555-555-0123"
NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level
DISCLOSURE = ("utter_disclosure", "answer", f"In an emergency, call 911. Calls to {HELPLINE} are confidential.")

# replies as (response, kind, text) -> the level the person got the help of, the level the reply is of, offered
REPLIES = {
    "911 first": (
        [("utter_emergency/medical", "emergency", f"Call 911. After: {HELPLINE}")],
        EMERGENCY,
        EMERGENCY,
        True,
    ),
    "911 second": (
        [("utter_emergency/medical", "emergency", f"Helpline {HELPLINE}, or 911")],
        NONE,
        EMERGENCY,
        True,
    ),
    "911 missing": ([("utter_emergency/medical", "emergency", f"Call {HELPLINE}")], NONE, EMERGENCY, True),
    "911 inside another number": (
        [("utter_emergency/medical", "emergency", f"Call 19115. {HELPLINE}")],
        NONE,
        EMERGENCY,
        True,
    ),
    "suicide now without 988": (
        [("utter_emergency/suicide_self", "emergency", f"911, then {HELPLINE}")],
        NONE,
        EMERGENCY,
        True,
    ),
    "suicide now": (
        [("utter_emergency/suicide_self", "emergency", f"911 or 988, then {HELPLINE}")],
        EMERGENCY,
        EMERGENCY,
        True,
    ),
    "crisis": ([("utter_crisis/suicidal_self", "crisis", f"988. {HELPLINE}.")], CRISIS, CRISIS, True),
    "crisis without 988": ([("utter_crisis/suicidal_self", "crisis", f"Call {HELPLINE}.")], NONE, CRISIS, True),
    "crisis without the helpline": ([("utter_crisis/abuse", "crisis", "Call 988.")], NONE, CRISIS, False),
    "addiction": ([("utter_addiction/own_use", "handoff", f"Call {HELPLINE}")], ADDICTION, ADDICTION, True),
    "distress, and the answer": (
        [("utter_distress/panic", "handoff", f"Call {HELPLINE}"), ("utter_faq/alcohol", "answer", "It can.")],
        DISTRESS,
        DISTRESS,
        True,
    ),
    "hand-off without the number": ([("utter_distress/panic", "handoff", "Call us")], NONE, DISTRESS, False),
    "an answer with the number is no offer": (
        [("utter_faq/helpline_number", "answer", f"It is {HELPLINE}")],
        NONE,
        NONE,
        False,
    ),
    "unsure with the number is no offer": ([("utter_unsure", "unsure", f"Or call {HELPLINE}")], NONE, NONE, False),
    "who speaks is neither alarm nor offer": ([DISCLOSURE], NONE, NONE, False),
    "who speaks does not complete a hand-off": (
        [("utter_distress/panic", "handoff", "Call us"), DISCLOSURE],
        NONE,
        DISTRESS,
        False,
    ),
    "nothing came": ([], NONE, NONE, False),
}


@pytest.mark.parametrize(("replies", "answered", "replied", "offered"), REPLIES.values(), ids=REPLIES)
def test_outcome(replies: list[tuple[str, str, str]], answered: Level, replied: Level, offered: bool) -> None:
    said = [{"response": response, "kind": kind, "text": text} for response, kind, text in replies]
    found = outcome(said, HELPLINE)
    assert (found.answered, found.replied, found.offered) == (answered, replied, offered)
