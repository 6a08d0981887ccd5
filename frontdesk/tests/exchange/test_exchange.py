"""The way of one message: kept before it is asked about, and answered whatever happens."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import pytest
from django import db
from django.db import DataError, InterfaceError, OperationalError
from django.utils import timezone

from frontdesk.exchange import exchange as module
from frontdesk.exchange.exchange import Incoming, Outcome, exchange
from frontdesk.transcripts import store
from frontdesk.transcripts.levels import Cause, Channel, Kind
from frontdesk.transcripts.models import Conversation, Message, Reply
from tests import fake_assistant as fake
from tests.conftest import Configure, assert_has_numbers
from tests.fake_assistant import Body, FakeAssistant
from tests.fake_assistant import Reply as Sent

# Real commits, so that other threads see them as they do in earnest.
pytestmark = pytest.mark.django_db(transaction=True)


def incoming(text: str = "hello", conversation: uuid.UUID | None = None, **changes: Any) -> Incoming:  # noqa: ANN401
    given = {"channel": Channel.WEB, "client_id": uuid.uuid4().hex, **changes}
    return Incoming(conversation=conversation or uuid.uuid4(), text=text, **given)


def in_thread(message: Incoming) -> Outcome:
    try:
        return exchange(message)
    finally:
        db.connections.close_all()


def assert_safety(outcome: Outcome) -> None:
    (reply,) = outcome.replies
    assert reply.kind is Kind.SAFETY
    assert_has_numbers(reply.text)


def test_it_is_stored_redacted_and_committed_before_the_assistant_is_asked(assistant: FakeAssistant) -> None:
    stored: list[tuple[str, bool]] = []

    def look(reply: Sent, question: Body) -> None:
        kept = Message.objects.get(pk=question["message"])
        stored.append((kept.text, kept.answered_at is None))
        db.connections.close_all()
        fake.proper(reply, question)

    assistant.behave = look

    outcome = exchange(incoming("call me at 760-555-0123"))

    assert stored == [("call me at <phone>", True)]
    assert assistant.asked[0]["text"] == "call me at <phone>"
    assert (outcome.stored, outcome.replies[0].text) == (True, "About: call me at <phone>")


@pytest.mark.parametrize(
    ("behave", "cause"),
    [
        pytest.param(fake.hang, Cause.TIMEOUT, id="hangs"),
        pytest.param(fake.hang_halfway, Cause.TIMEOUT, id="hangs halfway"),
        pytest.param(fake.sends_raw(b"oops", 500), Cause.STATUS, id="500"),
        pytest.param(fake.sends_raw(b"oops"), Cause.NOT_JSON, id="not JSON"),
        pytest.param(fake.sends({"replies": 1}), Cause.WRONG_SHAPE, id="wrong JSON"),
        pytest.param(fake.sends_raw(b""), Cause.EMPTY, id="empty"),
        pytest.param(fake.changed(replies=[]), Cause.EMPTY, id="no replies"),
    ],
)
def test_every_failure_of_the_assistant_gets_the_safety_reply_in_time(
    assistant: FakeAssistant, behave: Callable[[Sent, Body], None], cause: Cause
) -> None:
    assistant.behave = behave
    start = time.monotonic()

    outcome = exchange(incoming())

    assert time.monotonic() - start < 3  # a deadline of 1 s, and room for a slow machine
    assert_safety(outcome)
    assert outcome.stored
    assert Reply.objects.get().cause == cause
    assert Conversation.objects.get().safety_replied


def test_nobody_listens(assistant: FakeAssistant) -> None:
    assistant.close()

    assert_safety(exchange(incoming()))
    assert Reply.objects.get().cause == Cause.REFUSED


def test_a_mistake_of_our_own_gets_the_safety_reply(assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ask", fails_with(ZeroDivisionError("somebody's words")))

    assert_safety(exchange(incoming()))
    assert Reply.objects.get().cause == Cause.INTERNAL


def fails_with(error: Exception) -> Callable[..., NoReturn]:
    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(
    ("where", "error"),
    [
        pytest.param("store_message", OperationalError("attempt to write a readonly database"), id="read-only"),
        pytest.param("store_message", OperationalError("database is locked"), id="locked"),
        pytest.param("store_message", OperationalError("database or disk is full"), id="full"),
        pytest.param("store_message", InterfaceError("connection already closed"), id="gone"),
        pytest.param("store_message", DataError("too long"), id="refused"),
    ],
)
def test_what_cant_be_stored_is_answered_with_the_numbers(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, where: str, error: Exception
) -> None:
    monkeypatch.setattr(store, where, fails_with(error))

    outcome = exchange(incoming())

    assert_safety(outcome)
    assert not outcome.stored
    assert "not received" in outcome.replies[0].text
    assert assistant.asked == []


def test_what_cant_be_redacted_is_not_stored(assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "redact", fails_with(RuntimeError()))

    outcome = exchange(incoming())

    assert_safety(outcome)
    assert not outcome.stored
    assert not Message.objects.exists()


def test_a_reply_that_cant_be_stored_is_given_all_the_same(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "store_answer", fails_with(OperationalError("disk is full")))

    outcome = exchange(incoming())

    assert (outcome.stored, outcome.replies[0].text) == (True, "About: hello")


def test_the_logs_hold_no_words(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(store, "store_message", fails_with(DataError("Failing row contains (i want to die)")))

    exchange(incoming("i want to die"))

    assert "DataError" in caplog.text
    assert "want to die" not in caplog.text


def test_a_repeat_gets_the_same_reply_and_asks_nobody(assistant: FakeAssistant) -> None:
    message = incoming()
    first = exchange(message)
    assistant.close()

    assert exchange(message) == first
    assert len(assistant.asked) == 1


def test_a_repeat_of_a_message_that_failed_gets_the_same_safety_reply(assistant: FakeAssistant) -> None:
    message = incoming()
    assistant.behave = fake.sends_raw(b"", 500)
    first = exchange(message)
    assistant.behave = fake.proper

    assert exchange(message) == first


def test_ten_threads_with_one_id_ask_once_and_get_one_reply(assistant: FakeAssistant) -> None:
    def slowly(reply: Sent, question: Body) -> None:
        time.sleep(0.2)
        reply.json(fake.answer_to({"text": str(len(assistant.asked))}))

    assistant.behave = slowly
    message = incoming()

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(in_thread, [message] * 10))

    assert {outcome.replies[0].text for outcome in outcomes} == {"About: 1"}
    assert all(outcome.stored for outcome in outcomes)
    assert (len(assistant.asked), Message.objects.count(), Reply.objects.count()) == (1, 1, 1)


def test_a_message_cut_off_by_a_restart_is_asked_about_again(assistant: FakeAssistant) -> None:
    message = incoming()
    store.store_message(message.conversation, message.channel, message.client_id, "hello", timezone.now())

    assert exchange(message).replies[0].text == "About: hello"
    assert Message.objects.count() == 1


def test_messages_of_one_conversation_are_asked_about_one_at_a_time_in_order(assistant: FakeAssistant) -> None:
    under_way: list[int] = []
    most: list[int] = []

    def count(reply: Sent, question: Body) -> None:
        under_way.append(1)
        most.append(len(under_way))
        time.sleep(0.05)
        under_way.pop()
        fake.proper(reply, question)

    assistant.behave = count
    conversation = uuid.uuid4()

    with ThreadPoolExecutor(5) as pool:
        pending = []
        for number in range(5):
            pending.append(pool.submit(in_thread, incoming(str(number), conversation)))
            wait_until(lambda stored=number + 1: Message.objects.count() == stored)  # type: ignore[misc]
        replies = [each.result().replies[0].text for each in pending]

    assert replies == [f"About: {number}" for number in range(5)]
    assert [question["text"] for question in assistant.asked] == [str(number) for number in range(5)]
    assert max(most) == 1


def wait_until(happened: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_conversations_do_not_wait_for_each_other(assistant: FakeAssistant, configure: Configure) -> None:
    """Twenty at once with a slow assistant take about as long as one, and no reply is crossed."""

    def slowly(reply: Sent, question: Body) -> None:
        time.sleep(0.5)
        fake.proper(reply, question)

    assistant.behave = slowly
    configure(assistant_deadline_s=5)  # the machine may be slow; the comparison is with one after the other
    start = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(in_thread, [incoming(str(number)) for number in range(20)]))

    assert [outcome.replies[0].text for outcome in outcomes] == [f"About: {number}" for number in range(20)]
    assert time.monotonic() - start < 0.5 * 20 / 2


def test_a_whole_queue_behind_a_hung_assistant_is_answered_in_time(assistant: FakeAssistant) -> None:
    """The deadline counts from each message's arrival, not from its turn."""
    assistant.behave = fake.hang
    conversation = uuid.uuid4()
    start = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(in_thread, [incoming(str(number), conversation) for number in range(6)]))

    assert time.monotonic() - start < 4  # one after the other it would be 6
    for outcome in outcomes:
        assert_safety(outcome)
    assert set(Reply.objects.values_list("cause", flat=True)) == {Cause.TIMEOUT}


def test_too_many_at_once_get_the_numbers_without_waiting(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "seats", threading.BoundedSemaphore(1))
    module.seats.acquire()

    outcome = exchange(incoming())

    assert_safety(outcome)
    assert Reply.objects.get().cause == Cause.BUSY
    assert assistant.asked == []


def test_the_assistant_hears_which_reply_was_seen(assistant: FakeAssistant, configure: Configure) -> None:
    conversation = uuid.uuid4()
    exchange(incoming("one", conversation, client_id="m1"))
    configure(assistant_deadline_s=0.2)
    assistant.behave = fake.hang
    exchange(incoming("two", conversation, client_id="m2"))
    configure(assistant_deadline_s=1)
    assistant.behave = fake.proper
    exchange(incoming("three", conversation, client_id="m3", seen="m2"))

    first, second, third = assistant.asked
    assert (first["seen"], second["seen"], third["seen"]) == (None, first["message"], first["message"])
