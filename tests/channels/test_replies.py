"""What a turn answers, with the kind of each reply."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.replies import CHANNELS, ReplyCollector, kind_of
from bot.channels.request import Turn
from bot.channels.turn import answer_of
from tests.nlu.trackers import said

KINDS = {
    "utter_emergency/medical": "emergency",
    "utter_crisis/refusal": "crisis",
    "utter_addiction/relapse": "handoff",
    "utter_distress/human": "handoff",
    "utter_unsure": "unsure",
    "utter_faq/alcohol": "answer",
    "utter_not_in_article": "answer",
    "utter_after_crisis": "answer",
    "utter_disclosure": "answer",
    "": "answer",
}
KINDS_OF_SPANISH = {
    "emergency": "emergency",
    "crisis": "crisis",
    "addiction": "handoff",
    "distress": "handoff",
    "none": "answer",
}
BUTTONS = [{"title": "Detox", "payload": "What about detox?"}, {"title": "Cost", "payload": "What does it cost?"}]


TURN = Turn("c1", "web", "m1", "words", None)


def sent(channel: str, **message: Any) -> ReplyCollector:
    replies = CHANNELS[channel]()
    asyncio.run(replies.send_response("c1", message))
    return replies


@pytest.mark.parametrize(("response", "kind"), KINDS.items())
@pytest.mark.parametrize("level", KINDS_OF_SPANISH)
def test_the_kind_of_a_reply_whatever_the_level_of_the_message(response: str, kind: str, level: str) -> None:
    assert kind_of(response, level) == kind


@pytest.mark.parametrize(("level", "kind"), KINDS_OF_SPANISH.items())
def test_the_one_spanish_reply_is_of_the_kind_of_the_message(level: str, kind: str) -> None:
    assessed = {"level": level, "signals": [], "subject": "self", "evidence": []}
    replies = sent("web", text="Llame al 911", metadata={"utter_action": "utter_spanish"})
    answer = answer_of(TURN, said("spanish", assessment=assessed).parse_data, replies)
    assert [reply["kind"] for reply in answer["replies"]] == [kind]


def test_a_blank_line_does_not_cut_a_reply() -> None:
    [reply] = sent("web", text="one\n\ntwo", metadata={"utter_action": "utter_unsure"}).replies
    assert reply == {"text": "one\n\ntwo", "response": "utter_unsure", "buttons": []}


def test_the_web_shows_buttons() -> None:
    [reply] = sent("web", text="Which?", buttons=BUTTONS).replies
    assert (reply["text"], reply["buttons"]) == ("Which?", BUTTONS)


def test_sms_writes_choices_as_numbered_lines() -> None:
    [reply] = sent("sms", text="Which?", buttons=BUTTONS).replies
    assert (reply["text"], reply["buttons"]) == ("Which?\n1. What about detox?\n2. What does it cost?", [])


def test_a_channel_is_called_as_its_variants_are() -> None:
    assert {name: collector.name() for name, collector in CHANNELS.items()} == {"web": "web", "sms": "sms"}


ASSESSMENT = {
    "level": "crisis",
    "signals": ["self_harm"],
    "subject": "self",
    "need": "self_harm",
    "evidence": [{"signal": "self_harm", "start": 1, "end": 5, "source": "rule"}],
}
SPANS = {"as they are": ("cuts", 1, 5), "before the guard": ("/cuts", 0, 4)}


@pytest.mark.parametrize(("text", "start", "end"), SPANS.values(), ids=SPANS)
def test_spans_count_in_the_text_that_was_sent(text: str, start: int, end: int) -> None:
    turn = Turn("c1", "web", "m1", text, None)
    answer = answer_of(turn, said("crisis", assessment=ASSESSMENT, topic=None).parse_data, CHANNELS["web"]())
    [evidence] = answer["assessment"]["evidence"]
    assert (evidence["start"], evidence["end"]) == (start, end)
    assert set(answer) == {"replies", "assessment", "intent", "topic", "confidence"}
    assert set(answer["assessment"]) == {"level", "signals", "subject", "evidence"}
