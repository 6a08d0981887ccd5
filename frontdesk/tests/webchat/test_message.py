"""POST /chat/message and POST /chat/session, as a client sees them."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from frontdesk.transcripts.models import Message
from frontdesk.webchat.form import LARGEST_BODY
from frontdesk.webchat.session import new_session
from tests import fake_assistant as fake
from tests.conftest import Chat, Configure, assert_refused
from tests.fake_assistant import FakeAssistant

pytestmark = pytest.mark.django_db


def test_a_session_is_given_and_nothing_is_stored() -> None:
    response = Client().post("/chat/session", "{}", content_type="application/json")

    assert response.status_code == 200
    assert set(response.json()) == {"session", "expires_in", "helpline"}
    assert response.json()["expires_in"] == 12 * 3600
    assert not Message.objects.exists()


def test_a_message_is_answered_and_the_level_stays_inside(chat: Chat, assistant: FakeAssistant) -> None:
    reply = {"text": "Call", "kind": "crisis", "response": "utter_x", "buttons": [{"title": "Yes", "payload": "yes"}]}
    assessment = {"level": "crisis", "signals": ["self_harm"], "subject": "self", "evidence": []}
    assistant.behave = fake.changed(replies=[reply], assessment=assessment)

    response = chat.say("hello")

    assert response.status_code == 200
    assert response.json() == {
        "replies": [{"text": "Call", "kind": "crisis", "buttons": [{"title": "Yes", "payload": "yes"}]}],
        "helpline": {"name": "The Test Line", "number": "212-555-0147", "tel": "tel:+12125550147"},
        "stored": True,
    }
    assert response["Cache-Control"] == "no-store"


def test_a_leading_slash_is_text(chat: Chat, assistant: FakeAssistant) -> None:
    assert chat.say("/restart").json()["replies"][0]["text"] == "About: /restart"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("w" * 10_000, "w" * 10_000, id="the longest"),
        pytest.param("nul\0 here", "nul here", id="NUL"),
        pytest.param("half \ud83d emoji", "half \ufffd emoji", id="half an emoji"),
        pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="markup is text"),
        pytest.param("  two\n\nlines ¡ñ 😀 ", "  two\n\nlines ¡ñ 😀 ", id="as it was written"),
    ],
)
def test_text_is_kept_as_written(chat: Chat, assistant: FakeAssistant, text: str, kept: str) -> None:
    assert chat.say(text).status_code == 200
    assert Message.objects.get().text == kept
    assert assistant.asked[0]["text"] == kept


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param("{", 400, "bad_json", id="no JSON"),
        pytest.param(b"\xff\xfe\x00", 400, "bad_json", id="no UTF-8"),
        pytest.param("[" * 60_000, 400, "bad_json", id="nested beyond reason"),
        pytest.param("[]", 400, "bad_json", id="a list"),
        pytest.param({"id": "a b"}, 400, "bad_id", id="id with a blank"),
        pytest.param({"id": "i" * 65}, 400, "bad_id", id="id too long"),
        pytest.param({"id": 7}, 400, "bad_id", id="id no text"),
        pytest.param({"seen": "a b"}, 400, "bad_seen", id="seen with a blank"),
        pytest.param({"seen": 7}, 400, "bad_seen", id="seen no text"),
        pytest.param({"text": None}, 400, "text_missing", id="no text"),
        pytest.param({"text": 5}, 400, "text_missing", id="a number"),
        pytest.param({"text": " \n\0"}, 400, "text_missing", id="only blanks"),
        pytest.param({"text": "w" * 10_001}, 413, "text_too_long", id="text too long"),
        pytest.param("x" * (LARGEST_BODY + 1), 413, "body_too_large", id="body too large"),
    ],
)
def test_what_cant_be_read_is_refused(chat: Chat, body: Any, status: int, code: str) -> None:  # noqa: ANN401
    if isinstance(body, dict):
        body = {"session": chat.session, "id": "m1", "text": "hello", **body}

    assert_refused(chat.post(body), status, code)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_only_json_is_read(content_type: str) -> None:
    """What a form of another website can send without asking is refused."""
    response = Client(enforce_csrf_checks=True).generic("POST", "/chat/message", b"{}", content_type)

    assert_refused(response, 415, "content_type")


@pytest.mark.parametrize("path", ["/chat/session", "/chat/message"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_only_post(path: str, method: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, path)

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    if method != "HEAD":
        assert_refused(response, 405, "method")


SIGNED = signing.TimestampSigner(salt="frontdesk.webchat.session")
FORGED = {
    "none": None,
    "no text": 5,
    "empty": "",
    "nonsense": "session",
    "another key": signing.TimestampSigner(key="k" * 40, salt="frontdesk.webchat.session").sign(uuid.uuid4().hex),
    "another purpose": signing.TimestampSigner(salt="frontdesk.sms").sign(uuid.uuid4().hex),
    "no conversation": SIGNED.sign("me"),
    "changed": "0" * 32 + new_session()[32:],
}


@pytest.mark.parametrize("session", FORGED.values(), ids=FORGED.keys())
def test_a_forged_session_is_refused_and_a_new_one_offered(
    chat: Chat, assistant: FakeAssistant, session: object
) -> None:
    found = assert_refused(chat.say("hello", session=session), 401, "session_invalid")

    assert not Message.objects.exists()
    assert chat.say("hello", session=found["session"]).json()["stored"]


def test_an_expired_session_is_refused_and_a_new_one_offered(
    chat: Chat, assistant: FakeAssistant, configure: Configure
) -> None:
    configure(session_hours=0)

    found = assert_refused(chat.say("hello"), 401, "session_expired")

    configure(session_hours=1)
    assert chat.say("hello", session=found["session"]).json()["stored"]


def test_a_repeat_gets_the_same_reply(chat: Chat, assistant: FakeAssistant) -> None:
    first = chat.say("hello", id="m1")

    assert chat.say("hello", id="m1").json() == first.json()
    assert len(assistant.asked) == 1


def test_sessions_are_apart(chat: Chat, assistant: FakeAssistant) -> None:
    chat.say("one", id="m1")

    assert Chat().say("two", id="m1").json()["replies"][0]["text"] == "About: two"


def test_too_many_messages_of_one_session(chat: Chat, assistant: FakeAssistant, configure: Configure) -> None:
    configure(web_rate_per_minute=3)
    assert [chat.say("hello").status_code for _ in range(3)] == [200, 200, 200]

    response = chat.say("hello")

    found = assert_refused(response, 429, "rate")
    assert 0 < int(response["Retry-After"]) == found["retry_after"] <= 20
    assert Message.objects.count() == 3
    assert Chat().say("hello").status_code == 200


def test_too_many_sessions_of_one_address(configure: Configure) -> None:
    configure(web_rate_per_minute=1)
    statuses = [Client().post("/chat/session").status_code for _ in range(5)]

    assert statuses == [200, 200, 200, 200, 429]
    assert Client(REMOTE_ADDR="203.0.113.9").post("/chat/session").status_code == 200


def test_too_many_messages_of_one_address(assistant: FakeAssistant, configure: Configure) -> None:
    """A new session for each message does not help."""
    configure(web_rate_per_minute=1)
    statuses = [Chat().say("hello").status_code for _ in range(5)]

    assert statuses == [200, 200, 200, 200, 429]


def test_a_giant_body_gets_no_session() -> None:
    response = Client().post("/chat/session", "x" * (LARGEST_BODY + 1), content_type="application/json")

    assert_refused(response, 413, "body_too_large")


def test_a_mistake_of_our_own_is_refused_with_the_numbers(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.webchat.views.exchange", lambda incoming: 1 / 0)

    assert_refused(chat.say("hello"), 500, "server_error")


def test_the_answer_is_json_whatever_the_assistant_writes(chat: Chat, assistant: FakeAssistant) -> None:
    text = 'say "hi" \u2028 </script> 😀'
    assistant.behave = fake.changed(replies=[{"text": text, "kind": "answer", "response": "", "buttons": []}])

    assert json.loads(chat.say("hello").content)["replies"][0]["text"] == text
