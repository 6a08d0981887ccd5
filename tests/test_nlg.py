"""What is said: filled in, for the channel, and never the same words twice in a row."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from bot.nlg import ResponseGenerator
from bot.settings import settings
from tests.nlu.trackers import LISTEN, said, spoke, tracker

DOMAIN = Domain.from_dict(
    {
        "responses": {
            "utter_x": [{"text": "one {helpline_number}"}, {"text": "two"}, {"text": "short", "channel": "sms"}],
            "utter_ask": [
                {"text": "Shall I answer: {question}", "buttons": [{"title": "{question}", "payload": "{question}"}]}
            ],
            "utter_sms_only": [{"text": "sms", "channel": "sms"}],
        }
    }
)


def generated(response: str, *events: Any, channel: str = "web") -> dict[str, Any] | None:
    return asyncio.run(ResponseGenerator(domain=DOMAIN).generate(response, tracker(*events), channel))


ONE = f"one {settings().helpline_number}"
VARIANTS: dict[str, tuple[list[Any], str, str]] = {
    "the first": ([], "web", ONE),
    "the other after it": ([spoke("utter_x", ONE)], "web", "two"),
    "the first again": ([spoke("utter_x", ONE), spoke("utter_x", "two")], "web", ONE),
    "another answer between": ([spoke("utter_x", ONE), spoke("utter_y", "else")], "web", "two"),
    "by SMS": ([], "sms", "short"),
    "the only one twice": ([spoke("utter_x", "short")], "sms", "short"),
}


@pytest.mark.parametrize(("events", "channel", "text"), VARIANTS.values(), ids=VARIANTS)
def test_the_variant_not_used_last(events: list[Any], channel: str, text: str) -> None:
    response = generated("utter_x", *events, channel=channel)
    assert response is not None
    assert response["text"] == text


@pytest.mark.parametrize("response", ["utter_default", "utter_sms_only"], ids=["unknown", "for another channel"])
def test_a_response_there_is_not_is_none(response: str) -> None:
    """An error here once made Rasa try the action until its limit, and the conversation never answered again."""
    assert generated(response) is None


def test_the_question_offered_again_is_named() -> None:
    offered = said("chitchat", suggestions=[{"title": "Alcohol", "question": "Can alcohol cause it?"}])
    response = generated("utter_ask", LISTEN, offered)
    assert response is not None
    assert response["text"] == "Shall I answer: Can alcohol cause it?"
    assert response["buttons"] == [{"title": "Can alcohol cause it?", "payload": "Can alcohol cause it?"}]
