"""What is kept of a talk, once and for good."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from frontdesk.assistant.answer import Answer, Button, Evidence, Said
from frontdesk.transcripts.levels import Cause, Channel, Kind, Level, Subject
from frontdesk.transcripts.models import Conversation, Message, Reply
from frontdesk.transcripts.store import last_seen, replies_to, store_answer, store_message, store_safety

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def answer(level: Level = Level.NONE, kind: Kind = Kind.ANSWER, text: str = "hello") -> Answer:
    return Answer(
        replies=(Said(text, kind, "utter_test", (Button("Yes", "yes"),)),),
        level=level,
        signals=("craving",),
        subject=Subject.SELF,
        evidence=(Evidence("craving", 0, 3),),
        intent="faq/test",
        topic="test",
        confidence=0.5,
    )


def message(conversation: uuid.UUID, client_id: str = "m1", minute: int = 0) -> Message:
    return store_message(conversation, Channel.WEB, client_id, "text", NOON + timedelta(minutes=minute))


def answered(stored: Message, minute: int) -> Message:
    """The message as if it had been answered at this minute."""
    Message.objects.filter(pk=stored.pk).update(answered_at=NOON + timedelta(minutes=minute))
    return stored


@pytest.mark.django_db
def test_a_message_is_stored_once() -> None:
    conversation = uuid.uuid4()
    first = message(conversation)
    again = store_message(conversation, Channel.WEB, "m1", "other words", NOON + timedelta(minutes=5))

    assert again.pk == first.pk
    assert again.text == "text"
    assert Conversation.objects.get().last_message_at == NOON


@pytest.mark.django_db
def test_another_conversation_may_use_the_same_client_id() -> None:
    assert message(uuid.uuid4()).pk != message(uuid.uuid4()).pk


@pytest.mark.django_db
def test_the_answer_is_kept_whole() -> None:
    stored = message(uuid.uuid4())

    (reply,) = store_answer(stored, answer(Level.ADDICTION, Kind.HANDOFF))

    stored.refresh_from_db()
    assert (reply.kind, reply.text, reply.response, reply.cause) == ("handoff", "hello", "utter_test", "")
    assert reply.buttons == [{"title": "Yes", "payload": "yes"}]
    assert (stored.level, stored.signals, stored.subject) == (Level.ADDICTION, ["craving"], "self")
    assert stored.evidence == [{"signal": "craving", "start": 0, "end": 3}]
    assert (stored.intent, stored.topic, stored.confidence) == ("faq/test", "test", 0.5)
    conversation = stored.conversation
    assert (conversation.level, conversation.latest_level) == (Level.ADDICTION, Level.ADDICTION)
    assert (conversation.help_offered, conversation.safety_replied) == (True, False)


@pytest.mark.django_db
def test_the_first_replies_stand() -> None:
    stored = message(uuid.uuid4())
    (first,) = store_safety(stored, "call 911", Cause.TIMEOUT)

    (second,) = store_answer(stored, answer(Level.CRISIS))

    assert second.pk == first.pk
    stored.refresh_from_db()
    assert stored.level is None
    assert stored.conversation.level == Level.NONE
    assert stored.conversation.safety_replied


class LevelsTest(TestCase):
    """Hypothesis needs a transaction for each example, so this one is a class."""

    @given(st.lists(st.sampled_from(Level), min_size=1, max_size=6))
    def test_the_conversations_level_never_falls(self, levels: list[Level]) -> None:
        conversation = uuid.uuid4()
        for number, level in enumerate(levels):
            store_answer(message(conversation, f"m{number}", number), answer(level))
            kept = Conversation.objects.get(id=conversation)
            assert kept.level == max(levels[: number + 1])
            assert kept.latest_level == level


@pytest.mark.django_db
class TestLastSeen:
    """`seen` is the last message whose reply went out before this one came in."""

    def test_nothing_yet(self) -> None:
        assert last_seen(message(uuid.uuid4()), None) is None

    def test_the_reply_before(self) -> None:
        conversation = uuid.uuid4()
        first = answered(message(conversation, "m1", 0), 1)
        assert last_seen(message(conversation, "m2", 2), None) == str(first.pk)

    def test_a_reply_that_came_too_late_was_not_seen(self) -> None:
        conversation = uuid.uuid4()
        first = answered(message(conversation, "m1", 0), 1)
        answered(message(conversation, "m2", 2), 4)
        assert last_seen(message(conversation, "m3", 3), None) == str(first.pk)

    def test_a_safety_reply_shows_nothing_of_the_assistant(self) -> None:
        conversation = uuid.uuid4()
        first = answered(message(conversation, "m1", 0), 1)
        second = message(conversation, "m2", 2)
        store_safety(second, "call 911", Cause.TIMEOUT)
        answered(second, 3)
        assert last_seen(message(conversation, "m3", 4), "m2") == str(first.pk)

    def test_the_client_may_have_seen_less(self) -> None:
        conversation = uuid.uuid4()
        first = answered(message(conversation, "m1", 0), 1)
        answered(message(conversation, "m2", 2), 3)
        assert last_seen(message(conversation, "m3", 4), "m1") == str(first.pk)

    def test_an_unknown_claim_counts_for_nothing(self) -> None:
        conversation = uuid.uuid4()
        first = answered(message(conversation, "m1", 0), 1)
        assert last_seen(message(conversation, "m2", 2), "no-such") == str(first.pk)

    def test_another_conversation_is_not_looked_at(self) -> None:
        answered(message(uuid.uuid4(), "m1", 0), 1)
        assert last_seen(message(uuid.uuid4(), "m2", 2), "m1") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        pytest.param(Kind.SAFETY, "", id="safety without a cause"),
        pytest.param(Kind.ANSWER, Cause.TIMEOUT, id="answer with one"),
    ],
)
def test_the_database_refuses_a_cause_that_does_not_fit(kind: Kind, cause: str) -> None:
    stored = message(uuid.uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(message=stored, position=0, kind=kind, text="x", cause=cause)


@pytest.mark.django_db
def test_the_database_refuses_a_latest_level_above_the_highest() -> None:
    stored = message(uuid.uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=stored.conversation_id).update(latest_level=Level.CRISIS)


@pytest.mark.django_db
def test_an_unanswered_message_has_no_replies() -> None:
    assert replies_to(message(uuid.uuid4())) == []
