"""What a turn owes, from the tracker alone."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop, Event

from bot.policies.turn import next_action
from tests.nlu.trackers import LISTEN, did, said, selected, spoke, tracker

CRISIS: dict[str, Any] = {"response_selector": selected("crisis/abuse")}
CRISIS_ASKS: dict[str, Any] = {"response_selector": selected("crisis/abuse", "faq/alcohol")}
ADDICTED: dict[str, Any] = {"response_selector": selected("addiction/relapse")}
FAQ: dict[str, Any] = {"response_selector": selected("faq/alcohol")}
FORM: list[Event] = [ActiveLoop("some_form")]
TOLD = [*LISTEN, said(**FAQ), *spoke("utter_faq"), *did("utter_disclosure")]
"""A turn in which who speaks was said already."""

STEPS: dict[str, tuple[list[Any], str | None]] = {
    "no message": ([], None),
    "a question is the rules' to answer": ([LISTEN, said(**FAQ)], None),
    "who speaks, after the first answer": ([LISTEN, said(**FAQ), spoke("utter_faq")], "utter_disclosure"),
    "said once": ([TOLD, LISTEN, said(**FAQ), spoke("utter_faq")], None),
    "the turn ends": ([TOLD], "action_listen"),
    "a crisis": ([LISTEN, said("crisis", **CRISIS)], "utter_crisis"),
    "a crisis is answered alone": ([LISTEN, said("crisis", **CRISIS), spoke("utter_crisis")], "action_listen"),
    "a crisis in a form": ([FORM, LISTEN, said("crisis", **CRISIS)], "utter_crisis"),
    "the form ends": ([FORM, LISTEN, said("crisis", **CRISIS), spoke("utter_crisis")], "action_deactivate_loop"),
    "a crisis by its intent alone, as rasa test gives it": ([LISTEN, said("crisis")], "utter_crisis"),
    "an emergency over a crisis": (
        [LISTEN, said("crisis", response_selector=selected("crisis/abuse", "emergency/medical"))],
        "utter_emergency",
    ),
    "a hand-off": ([LISTEN, said("addiction", **ADDICTED)], "utter_addiction"),
    "a hand-off with a question": ([LISTEN, said("faq", **ADDICTED)], "utter_addiction"),
    "the answer beside it": ([LISTEN, said("faq", **ADDICTED), spoke("utter_addiction")], "utter_faq"),
    "no small talk beside it": ([LISTEN, said("chitchat", **ADDICTED), spoke("utter_addiction")], "utter_disclosure"),
    "988 after a crisis": (
        [TOLD, LISTEN, said("crisis", **CRISIS), spoke("utter_crisis"), LISTEN, said(**FAQ), spoke("utter_faq")],
        "utter_after_crisis",
    ),
    "what was asked along": (
        [
            *(TOLD, LISTEN, said("crisis", **CRISIS_ASKS), spoke("utter_crisis"), LISTEN),
            *(said("chitchat"), spoke("utter_chitchat"), spoke("utter_after_crisis")),
        ],
        "utter_ask_again",
    ),
    "not when it was answered": (
        [
            *(TOLD, LISTEN, said("crisis", **CRISIS_ASKS), spoke("utter_crisis"), LISTEN),
            *(said(**FAQ), spoke("utter_faq"), spoke("utter_after_crisis")),
        ],
        "action_listen",
    ),
    "suggestions that failed": ([TOLD, LISTEN, said("nlu_fallback"), did("action_suggest_topics")], "utter_unsure"),
    "suggestions that came": ([TOLD, LISTEN, said("nlu_fallback"), spoke("action_suggest_topics")], None),
    "Spanish": ([LISTEN, said("spanish")], "utter_spanish"),
    "nothing in English follows it": ([LISTEN, said("spanish"), spoke("utter_spanish")], "action_listen"),
}


@pytest.mark.parametrize(("events", "action"), STEPS.values(), ids=STEPS)
def test_the_next_step(events: list[Any], action: str | None) -> None:
    assert next_action(tracker(*events)) == action
