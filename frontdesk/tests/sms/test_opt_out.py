"""STOP, START and HELP, and a person in danger whose phone wants no replies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.sms import phones
from frontdesk.transcripts.levels import Alert, Delivery, Level
from frontdesk.transcripts.models import Message
from tests import fake_assistant as fake
from tests.conftest import assert_has_numbers
from tests.fake_assistant import FakeAssistant
from tests.sms.conftest import Phone

pytestmark = pytest.mark.django_db

Behaviour = Callable[[fake.Reply, fake.Body], None]


def opted_out(phone: Phone) -> bool:
    return phones.opted_out(phones.hashed(phone.number))


def assessed(level: str) -> Behaviour:
    return fake.changed(assessment={"level": level, "signals": [], "subject": "unknown", "evidence": []})


@pytest.mark.parametrize("fields", [{}, {"OptOutType": "STOP"}], ids=["word only", "said by the carrier"])
def test_stop_is_recorded_and_answered_with_nothing(
    phone: Phone, assistant: FakeAssistant, fields: dict[str, str]
) -> None:
    assert phone.text("Stop", **fields).texts == []
    assert opted_out(phone)
    assert not Message.objects.exists()
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("body", "fields", "replies"),
    [
        pytest.param("START", {}, 1, id="word only"),
        pytest.param("YES", {"OptOutType": "START"}, 0, id="another word, said by the carrier"),
        pytest.param("START", {"OptOutType": "START"}, 0, id="answered by the carrier"),
    ],
)
def test_start_resumes(phone: Phone, assistant: FakeAssistant, body: str, fields: dict[str, str], replies: int) -> None:
    phone.text("STOP")

    answer = phone.text(body, **fields)

    assert len(answer.texts) == replies
    for text in answer.texts:
        assert_has_numbers(text)
    assert not opted_out(phone)
    assert phone.text("hello").text == "About: hello"


def test_yes_is_an_answer_like_any_other(phone: Phone, assistant: FakeAssistant) -> None:
    assert phone.text("Yes").text == "About: Yes"
    phone.text("STOP")
    assert phone.text("Yes").texts == []
    assert opted_out(phone)


@pytest.mark.parametrize("word", ["START", "STOP", "HELP"])
def test_a_repeat_of_a_word_gets_the_same_answer(phone: Phone, assistant: FakeAssistant, word: str) -> None:
    phone.text("STOP")
    first = phone.text(word, "SM1")

    assert phone.text(word, "SM1") == first
    assert assistant.asked == []


@pytest.mark.parametrize("body", ["HELP", "info"])
def test_help_is_answered_unless_the_carrier_has(phone: Phone, assistant: FakeAssistant, body: str) -> None:
    text = phone.text(body).text

    assert_has_numbers(text)
    assert "The Test Line" in text
    assert "STOP" in text
    assert phone.text(body, OptOutType="HELP").texts == []
    assert assistant.asked == []


@pytest.mark.parametrize("body", ["stop the jerking", "how do i quit", "help im overdosing", "END IT"])
def test_a_sentence_is_a_message(phone: Phone, assistant: FakeAssistant, body: str) -> None:
    assert phone.text(body).text == f"About: {body}"
    assert not opted_out(phone)


@pytest.mark.parametrize(
    ("word", "level", "replies", "delivery"),
    [
        ("HELP", "emergency", 1, ""),
        ("HELP", "none", 1, ""),
        ("STOP", "emergency", 1, Delivery.WITHHELD),
        ("STOP", "none", 0, Delivery.WITHHELD),
        ("START", "crisis", 1, ""),
    ],
)
def test_what_the_carrier_took_for_a_word_and_says_more_is_a_message_too(
    phone: Phone, assistant: FakeAssistant, word: str, level: str, replies: int, delivery: str
) -> None:
    assistant.behave = assessed(level)

    answer = phone.text(f"{word} im overdosing", OptOutType=word)

    message = Message.objects.get()
    assert (message.text, message.level) == (f"{word} im overdosing", Level.named(level))
    assert (len(answer.texts), message.delivery) == (replies, delivery)
    assert opted_out(phone) is (word == "STOP")


@pytest.mark.parametrize(
    ("behave", "alert"),
    [
        pytest.param(assessed("none"), "", id="none"),
        pytest.param(assessed("addiction"), "", id="addiction"),
        pytest.param(assessed("crisis"), Alert.OPTED_OUT, id="crisis"),
        pytest.param(assessed("emergency"), Alert.OPTED_OUT, id="emergency"),
        pytest.param(fake.sends_raw(b"", 500), Alert.OPTED_OUT, id="the assistant could not say"),
    ],
)
def test_a_message_after_stop_is_kept_and_danger_is_marked_for_alert(
    phone: Phone,
    assistant: FakeAssistant,
    behave: Behaviour,
    alert: str,
) -> None:
    """The carrier blocks what is tried in danger (21610), unless the opt-out here is out of date."""
    phone.text("STOP")
    assistant.behave = behave

    answer = phone.text("i took all of them")

    message = Message.objects.get()
    assert message.text == "i took all of them"
    assert (message.alert, message.delivery) == (alert, Delivery.WITHHELD)
    assert message.conversation.level == (message.level or Level.NONE)
    assert len(answer.texts) == (1 if alert else 0)


def test_a_withheld_reply_was_not_seen(phone: Phone, assistant: FakeAssistant) -> None:
    phone.text("one")
    phone.text("STOP")
    phone.text("two")
    phone.text("START")
    phone.text("three")

    first, second, third = assistant.asked
    assert (first["seen"], second["seen"], third["seen"]) == (None, first["message"], first["message"])


def test_a_repeat_of_a_withheld_message_is_withheld_again(phone: Phone, assistant: FakeAssistant) -> None:
    phone.text("STOP")
    assert phone.text("hello", "SM1").texts == phone.text("hello", "SM1").texts == []

    phone.text("START")
    phone.text("STOP")
    assert phone.text("hello", "SM1").texts == []


@pytest.mark.parametrize("level", ["none", "crisis"])
def test_a_repeat_of_a_message_from_before_stop_gets_its_answer(
    phone: Phone, assistant: FakeAssistant, level: str
) -> None:
    assistant.behave = assessed(level)
    first = phone.text("hi", "SM1")
    phone.text("STOP")

    assert phone.text("hi", "SM1") == first
    message = Message.objects.get()
    assert (message.delivery, message.alert) == ("", "")
