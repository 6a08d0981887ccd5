"""Who writes, how often, and what happens when the database can't: in this process, where time can be turned back."""

from __future__ import annotations

import hashlib
import hmac
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django import db
from django.db import OperationalError
from django.utils import timezone

from frontdesk.conf import LONGEST_ASSISTANT_DEADLINE_S
from frontdesk.database import LOCK_WAIT_S
from frontdesk.sms import phones, rates
from frontdesk.sms.answering import PATIENCE_S
from frontdesk.sms.handset import LONGEST_WAIT_S
from frontdesk.sms.models import Arrival
from frontdesk.sms.models import Phone as Kept
from frontdesk.transcripts.levels import Channel
from frontdesk.transcripts.models import Conversation, Message
from tests.conftest import Configure, assert_has_numbers
from tests.fake_assistant import FakeAssistant
from tests.real_parts import DEFAULTS
from tests.sms.conftest import TOKEN, Phone, inside, new_sid

pytestmark = pytest.mark.django_db(transaction=True)


def wait(phone: Phone, **pause: int) -> None:
    """Makes the phone's last message that much older."""
    Kept.objects.filter(hash=phones.hashed(phone.number)).update(last_message_at=timezone.now() - timedelta(**pause))


def test_one_phone_has_one_conversation(phone: Phone, assistant: FakeAssistant) -> None:
    phone.text("one")
    phone.text("two")
    Phone(inside).text("three")

    assert [each.messages.count() for each in Conversation.objects.order_by("started_at")] == [2, 1]
    assert set(Conversation.objects.values_list("channel", flat=True)) == {Channel.SMS}


def test_chance_draws_some_for_the_coordinators(phone: Phone, assistant: FakeAssistant, configure: Configure) -> None:
    configure(desk_none_percent=100)
    phone.text("one")

    assert Conversation.objects.get().sampled


@pytest.mark.parametrize(("pause", "conversations"), [({"hours": 23}, 1), ({"hours": 24}, 2), ({"days": 30}, 2)])
def test_a_pause_of_a_day_starts_a_new_one(
    phone: Phone, assistant: FakeAssistant, pause: dict[str, int], conversations: int
) -> None:
    phone.text("one")
    wait(phone, **pause)
    phone.text("two")
    phone.text("three")

    assert Conversation.objects.count() == conversations


def test_a_repeat_after_the_pause_is_still_the_old_message(phone: Phone, assistant: FakeAssistant) -> None:
    sid = new_sid()
    first = phone.text("one", sid)
    wait(phone, days=2)

    assert phone.text("one", sid) == first
    assert (Message.objects.count(), Conversation.objects.count()) == (1, 1)


def test_an_erased_conversation_leaves_nothing_of_the_talk(phone: Phone, assistant: FakeAssistant) -> None:
    phone.text("one")
    Conversation.objects.get().delete()
    assert not Arrival.objects.exists()

    phone.text("two")

    assert Message.objects.get().text == "two"


def test_the_hash_is_keyed(phone: Phone, settings: pytest.FixtureRequest) -> None:
    found = phones.hashed("+12125550123")
    key = hashlib.sha256(f"frontdesk.sms.phone{settings.SECRET_KEY}".encode()).digest()  # type: ignore[attr-defined]
    assert found == hmac.new(key, b"+12125550123", hashlib.sha256).hexdigest()
    settings.SECRET_KEY = "another secret, also forty characters..."  # type: ignore[attr-defined]

    assert len(found) == 64
    assert phones.hashed("+12125550123") != found


def test_first_messages_of_one_phone_at_once_are_one_conversation(phone: Phone, assistant: FakeAssistant) -> None:
    together = threading.Barrier(6)

    def write(number: int) -> str:
        together.wait()
        try:
            return phone.text(str(number)).text
        finally:
            db.connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(write, range(6)))

    assert replies == [f"About: {number}" for number in range(6)]
    assert Conversation.objects.count() == 1
    assert Message.objects.count() == 6


def test_too_many_are_told_so_once_a_minute(phone: Phone, assistant: FakeAssistant, configure: Configure) -> None:
    configure(sms_rate_per_minute=2)
    answers = [phone.text(str(number)) for number in range(5)]

    assert [len(answer.texts) for answer in answers] == [1, 1, 1, 0, 0]
    assert "again in a minute" in answers[2].text
    assert_has_numbers(answers[2].text)
    assert Message.objects.count() == 2
    assert Phone(inside).text("hello").text == "About: hello"


def test_a_repeat_of_what_was_too_many_is_told_so_again(
    phone: Phone, assistant: FakeAssistant, configure: Configure
) -> None:
    configure(sms_rate_per_minute=1)
    phone.text("one")
    refused = phone.text("two", "SM2")

    assert_has_numbers(refused.text)
    assert phone.text("three", "SM3").texts == []
    assert phone.text("two", "SM2") == refused


def test_a_repeat_counts_for_nothing(phone: Phone, assistant: FakeAssistant, configure: Configure) -> None:
    configure(sms_rate_per_minute=2)
    for _ in range(3):
        phone.text("one", "SM1")

    assert phone.text("two").text == "About: two"


def test_a_repeat_is_not_too_many(phone: Phone, assistant: FakeAssistant, configure: Configure) -> None:
    configure(sms_rate_per_minute=1)
    sid = new_sid()
    first = phone.text("hello", sid)

    assert [phone.text("hello", sid) for _ in range(3)] == [first] * 3


def test_a_carrier_word_is_never_too_many(phone: Phone, configure: Configure) -> None:
    configure(sms_rate_per_minute=1)

    assert [len(phone.text("help").texts) for _ in range(3)] == [1, 1, 1]
    rates.messages.clear()
    phone.text("STOP")
    assert phones.opted_out(phones.hashed(phone.number))


@pytest.mark.parametrize("body", ["hello", "START", "STOP"])
def test_a_database_that_is_away_costs_nobody_the_numbers(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    def away(*_: object) -> None:
        raise OperationalError(f"no such phone: {phone.number}")

    for name in ("talk", "opt_in", "opt_out"):
        monkeypatch.setattr(phones, name, away)

    answer = phone.text(body)

    assert "not received" in answer.text
    assert_has_numbers(answer.text)
    assert phone.number not in caplog.text


def test_the_longest_way_to_a_reply_is_shorter_than_twilios_wait() -> None:
    """Each write waits for this process's other threads, and then for other programs (frontdesk/database.py)."""
    word = 2 * LOCK_WAIT_S
    talk = phones.WAIT_S + LOCK_WAIT_S

    assert word + talk + LONGEST_ASSISTANT_DEADLINE_S + PATIENCE_S + LOCK_WAIT_S < LONGEST_WAIT_S == 15


def test_the_assistant_has_five_seconds() -> None:
    assert float(DEFAULTS["ASSISTANT_DEADLINE_S"]) == 5


def test_what_can_be_answered_but_not_stored_says_so(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("frontdesk.transcripts.store.store_message", full)

    assert "not received" in phone.text("hello").text


def test_without_a_token_the_channel_is_off(phone: Phone, configure: Configure) -> None:
    """What is signed with an empty token does not get in either."""
    configure(twilio_auth_token="")

    assert phone.text("hello").status == 404
    assert phone.tell("/sms/twilio/status/1", "sent").status == 404
    assert not Message.objects.exists()


def test_another_token_is_another_twilio(phone: Phone, configure: Configure) -> None:
    configure(twilio_auth_token=TOKEN + "x")

    assert phone.text("hello").status == 403
