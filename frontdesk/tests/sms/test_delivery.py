"""What becomes of a reply is kept on the message it answers, in whatever order the carrier tells it."""

from __future__ import annotations

import pytest

from frontdesk.sms import delivery, phones
from frontdesk.transcripts.levels import Alert, Delivery
from frontdesk.transcripts.models import Message
from tests import fake_assistant as fake
from tests.fake_assistant import FakeAssistant
from tests.sms.conftest import WEBHOOK, Phone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statuses", "kept"),
    [
        pytest.param(["queued"], Delivery.QUEUED, id="queued"),
        pytest.param(["accepted", "queued", "sending", "sent"], Delivery.SENT, id="sent"),
        pytest.param(["sent", "delivered"], Delivery.DELIVERED, id="delivered"),
        pytest.param(["delivered", "sent"], Delivery.DELIVERED, id="overtaken"),
        pytest.param(["undelivered", "delivered"], Delivery.UNDELIVERED, id="the first end stands"),
        pytest.param(["sent", "undelivered"], Delivery.UNDELIVERED, id="undelivered"),
        pytest.param(["failed"], Delivery.FAILED, id="failed"),
        pytest.param(["invalid"], Delivery.FAILED, id="invalid"),
        pytest.param(["sent", "hovering", ""], Delivery.SENT, id="unknown words are nothing"),
    ],
)
def test_the_status_is_kept(phone: Phone, assistant: FakeAssistant, statuses: list[str], kept: Delivery) -> None:
    action = phone.text("hello").action

    for status in statuses:
        assert phone.tell(action, status).texts == []

    assert Message.objects.get().delivery == kept


@pytest.mark.parametrize(
    ("level", "status", "alert"),
    [
        ("emergency", "undelivered", Alert.NOT_DELIVERED),
        ("crisis", "failed", Alert.NOT_DELIVERED),
        ("crisis", "delivered", ""),
        ("distress", "failed", ""),
    ],
)
def test_danger_whose_answer_did_not_arrive_is_marked_for_alert(
    phone: Phone, assistant: FakeAssistant, level: str, status: str, alert: str
) -> None:
    assistant.behave = fake.changed(
        assessment={"level": level, "signals": [], "subject": "unknown", "evidence": []},
    )
    phone.tell(phone.text("hello").action, status, ErrorCode="30003")

    message = Message.objects.get()
    assert (message.alert, message.delivery_error) == (alert, 30003)


def test_an_opt_out_only_the_carrier_knew_of_is_recorded(phone: Phone, assistant: FakeAssistant) -> None:
    phone.tell(phone.text("hello").action, "failed", ErrorCode=str(delivery.OPTED_OUT_ERROR))

    assert phones.opted_out(phones.hashed(phone.number))


def test_a_tried_reply_to_an_opted_out_phone_that_arrives_is_delivered(phone: Phone, assistant: FakeAssistant) -> None:
    phone.text("STOP")
    assistant.behave = fake.sends_raw(b"")

    phone.tell(phone.text("hello").action, "delivered")

    assert Message.objects.get().delivery == Delivery.DELIVERED


@pytest.mark.parametrize("code", ["", "x", "99999999999999999999", "-1"])
def test_an_error_code_that_is_none(phone: Phone, assistant: FakeAssistant, code: str) -> None:
    phone.tell(phone.text("hello").action, "failed", ErrorCode=code)

    assert (Message.objects.get().delivery, Message.objects.get().delivery_error) == (Delivery.FAILED, None)


def test_an_erased_message_is_nothing(phone: Phone, assistant: FakeAssistant) -> None:
    action = phone.text("hello").action
    Message.objects.all().delete()

    assert phone.tell(action, "sent").texts == []


def test_a_forged_callback_changes_nothing(phone: Phone, assistant: FakeAssistant) -> None:
    phone.text("hello")
    path = f"{WEBHOOK}/status/{Message.objects.get().pk}"

    assert phone.request(path, {"MessageStatus": "delivered"}, "forged").status == 403
    assert Message.objects.get().delivery == ""


def test_a_reply_that_did_not_arrive_was_not_seen(phone: Phone, assistant: FakeAssistant) -> None:
    phone.tell(phone.text("one").action, "undelivered")
    phone.text("two")

    assert assistant.asked[1]["seen"] is None
