"""What the assistant could not assess when it was said is assessed when it can be."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.exchange.exchange import Incoming, exchange
from frontdesk.exchange.later import CUT_OFF_AFTER, LOOK_BACK, Later
from frontdesk.transcripts import store
from frontdesk.transcripts.levels import Channel, Level
from frontdesk.transcripts.models import Conversation, Message, Reply
from tests import fake_assistant as fake
from tests.conftest import Configure
from tests.fake_assistant import Body, FakeAssistant
from tests.fake_assistant import Reply as Sent

pytestmark = pytest.mark.django_db(transaction=True)

EMERGENCY = {
    "level": "emergency",
    "signals": ["overdose"],
    "subject": "other",
    "evidence": [{"signal": "overdose", "start": 0, "end": 3}],
}
DANGER = fake.changed(assessment=EMERGENCY)
# As the assistant answers where nothing is to be said.
DANGER_UNSAID = fake.changed(assessment=EMERGENCY, replies=[])
DOWN = fake.sends_raw(b"", 500)


@pytest.fixture(autouse=True)
def _soon(configure: Configure) -> None:
    configure(assistant_deadline_s=0.5)


def said(text: str = "hes not wakin up", conversation: uuid.UUID | None = None) -> Message:
    client = uuid.uuid4().hex
    exchange(Incoming(conversation or uuid.uuid4(), Channel.WEB, client, text))
    return Message.objects.get(client_id=client)


def test_danger_told_while_the_assistant_was_away_is_found_when_it_is_back(assistant: FakeAssistant) -> None:
    assistant.behave = DOWN
    message = said()
    Conversation.objects.update(unread=False)
    assistant.behave = DANGER_UNSAID
    assistant.asked.clear()

    Later().tick()
    Later().tick()

    message.refresh_from_db()
    conversation = message.conversation
    assert len(assistant.asked) == 1
    assert assistant.paths[-1].endswith("/assess")
    assert (message.level, message.signals, message.evidence[0]["end"]) == (Level.EMERGENCY, ["overdose"], 3)
    assert (conversation.level, conversation.unread, conversation.help_offered) == (Level.EMERGENCY, True, False)
    assert [signal.name for signal in conversation.signals.all()] == ["overdose"]
    assert [reply.kind for reply in Reply.objects.all()] == ["safety"]


def test_a_harmless_message_read_by_somebody_stays_read(assistant: FakeAssistant) -> None:
    assistant.behave = DOWN
    message = said("does it go away")
    Conversation.objects.update(unread=False)
    assistant.behave = fake.proper
    Later().tick()
    message.refresh_from_db()
    assert (message.level, message.conversation.unread) == (Level.NONE, False)


def test_a_level_said_before_does_not_fall(assistant: FakeAssistant) -> None:
    assistant.behave = DANGER
    first = said()
    assistant.behave = DOWN
    said("ok", first.conversation_id)
    assistant.behave = fake.proper
    Later().tick()
    conversation = Conversation.objects.get()
    assert (conversation.level, conversation.latest_level) == (Level.EMERGENCY, Level.NONE)


@pytest.mark.parametrize(
    ("age", "asked"), [(timedelta(0), 0), (CUT_OFF_AFTER + timedelta(seconds=1), 1), (LOOK_BACK, 0)]
)
def test_a_message_cut_off_by_a_restart_is_assessed_too(assistant: FakeAssistant, age: timedelta, asked: int) -> None:
    store.store_message(uuid.uuid4(), Channel.SMS, "SM1", "hes blue", timezone.now() - age)
    Later().tick()
    assert len(assistant.asked) == asked


@pytest.mark.parametrize("text", ["", "  "])
def test_a_message_without_words_is_not_asked_about(assistant: FakeAssistant, text: str) -> None:
    said(text)
    Later().tick()
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("behave", "asked"),
    [
        pytest.param(DOWN, ["a", "b"], id="fails at each one"),
        pytest.param(fake.hang, ["a"], id="hangs"),
    ],
)
def test_what_fails_again_waits_longer_and_holds_up_no_other(
    assistant: FakeAssistant, behave: Callable[[Sent, Body], None], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.behave = DOWN
    said("a")
    said("b")
    assistant.asked.clear()
    assistant.behave = behave
    later = Later()
    later.tick()
    assert [question["text"] for question in assistant.asked] == asked

    assistant.asked.clear()
    assistant.behave = fake.proper
    later.tick()
    assert [question["text"] for question in assistant.asked] == [text for text in ["a", "b"] if text not in asked]

    now = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    later.tick()
    assert not Message.objects.filter(level=None).exists()


def test_an_assistant_that_is_away_is_asked_once_a_round(assistant: FakeAssistant, configure: Configure) -> None:
    assistant.behave = DOWN
    said("a")
    said("b")
    assistant.asked.clear()
    configure(assistant_port=1)
    later = Later()
    later.tick()
    configure(assistant_port=assistant.port)
    assistant.behave = fake.proper
    later.tick()
    assert [question["text"] for question in assistant.asked] == ["a", "b"]
