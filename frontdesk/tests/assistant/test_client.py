"""The door to the assistant: one answer in time, or a named cause."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.conf import settings

from frontdesk.assistant.answer import AssistantFailed
from frontdesk.assistant.client import Question, ask
from frontdesk.transcripts.levels import Cause
from tests import fake_assistant as fake
from tests.fake_assistant import Body, FakeAssistant, Reply

DEADLINE_S = 1.0
QUESTION = Question(conversation="c", channel="web", message="1", text="why do my legs jerk", seen=None)


def in_time() -> float:
    return time.monotonic() + DEADLINE_S


def test_asks_what_the_contract_says(assistant: FakeAssistant) -> None:
    answer = ask(QUESTION, in_time())

    assert answer.replies[0].text == "About: why do my legs jerk"
    assert assistant.asked == [
        {"conversation": "c", "channel": "web", "message": "1", "text": "why do my legs jerk", "seen": None}
    ]
    assert assistant.tokens == [f"Bearer {settings.CONFIG.assistant_token}"]


@pytest.mark.parametrize(
    ("behave", "cause"),
    [
        pytest.param(fake.hang, Cause.TIMEOUT, id="hangs"),
        pytest.param(fake.hang_halfway, Cause.TIMEOUT, id="hangs halfway"),
        pytest.param(fake.drip, Cause.TIMEOUT, id="a byte now and then"),
        pytest.param(fake.break_off, Cause.REFUSED, id="breaks off"),
        pytest.param(fake.giant, Cause.WRONG_SHAPE, id="never ends"),
        pytest.param(fake.sends_raw(b"", 500), Cause.STATUS, id="500"),
        pytest.param(fake.sends_raw(b"", 401), Cause.STATUS, id="401"),
        pytest.param(fake.sends_raw(b"", 503), Cause.STATUS, id="503 again and again"),
        pytest.param(fake.sends_raw(b"", 302), Cause.STATUS, id="sent elsewhere"),
        pytest.param(fake.sends_raw(b"<html>"), Cause.NOT_JSON, id="HTML"),
        pytest.param(fake.sends_raw(b""), Cause.EMPTY, id="nothing"),
        pytest.param(fake.sends([]), Cause.WRONG_SHAPE, id="a list"),
        pytest.param(fake.changed(replies=[]), Cause.EMPTY, id="no reply"),
    ],
)
def test_every_failure_has_a_cause_in_time(
    assistant: FakeAssistant, behave: Callable[[Reply, Body], None], cause: Cause
) -> None:
    assistant.behave = behave
    start = time.monotonic()

    with pytest.raises(AssistantFailed) as failed:
        ask(QUESTION, in_time())

    assert failed.value.cause is cause
    assert time.monotonic() - start < DEADLINE_S + 1


def test_nobody_listens(assistant: FakeAssistant) -> None:
    assistant.close()

    with pytest.raises(AssistantFailed) as failed:
        ask(QUESTION, in_time())

    assert failed.value.cause is Cause.REFUSED


def test_asks_again_when_the_turn_was_not_kept(assistant: FakeAssistant) -> None:
    def first_not(reply: Reply, question: Body) -> None:
        fake.proper(reply, question) if len(assistant.asked) > 1 else reply.send(b"", 503)

    assistant.behave = first_not

    assert ask(QUESTION, in_time()).replies
    assert [question["message"] for question in assistant.asked] == ["1", "1"]


def test_is_not_asked_when_there_is_no_time_left(assistant: FakeAssistant) -> None:
    with pytest.raises(AssistantFailed) as failed:
        ask(QUESTION, time.monotonic() - 1)

    assert failed.value.cause is Cause.TIMEOUT
    assert assistant.asked == []


def test_a_restarted_assistant_answers_at_once(assistant: FakeAssistant) -> None:
    """No connection is kept that the restart would have cut."""
    for _ in range(3):
        assert ask(QUESTION, in_time()).replies
