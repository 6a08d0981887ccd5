"""POST /sms/twilio over HTTP, to the served front desk: who is let in, what is kept once, what comes back in time."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from frontdesk.sms.parts import is_gsm7, parts
from tests import fake_assistant as behaviour
from tests.conftest import assert_has_numbers
from tests.fake_assistant import FakeAssistant
from tests.real_parts import FrontDesk
from tests.sms.conftest import PUBLIC, RATE, TEXTS, WEBHOOK, Phone, new_sid, over, rows, signature


def stored(desk: FrontDesk, sid: str) -> list[tuple[Any, ...]]:
    return rows(desk, "SELECT text, conversation_id, delivery FROM transcripts_message WHERE client_id = ?", sid)


def test_a_message_is_answered_in_the_same_request(served: FrontDesk, caller: Phone) -> None:
    sid = new_sid()

    answer = caller.text("Can opioids cause jerks? call me at 760-555-0123", sid)

    assert answer.text == "About: Can opioids cause jerks? call me at <phone>"
    assert answer.action.startswith(f"{PUBLIC}/sms/twilio/status/")
    assert [text for text, *_ in stored(served, sid)] == ["Can opioids cause jerks? call me at <phone>"]


def test_the_assistant_hears_that_it_is_a_text_message(caller: Phone, far_assistant: FakeAssistant) -> None:
    caller.text("hello")

    assert far_assistant.asked[-1]["channel"] == "sms"


FIELDS = {"MessageSid": "SM1", "From": "+13035550100", "Body": "hello"}
SIGNED = signature(PUBLIC + WEBHOOK, FIELDS)


@pytest.mark.parametrize(
    ("signed", "changes", "path"),
    [
        pytest.param("", {}, WEBHOOK, id="missing"),
        pytest.param("x" * 28, {}, WEBHOOK, id="nonsense"),
        pytest.param("\u00fc".encode().decode("latin-1"), {}, WEBHOOK, id="not even ASCII"),
        pytest.param(signature(PUBLIC + WEBHOOK, FIELDS, "b" * 32), {}, WEBHOOK, id="another token"),
        pytest.param(signature(PUBLIC + WEBHOOK, FIELDS, ""), {}, WEBHOOK, id="no token"),
        pytest.param(signature("http://127.0.0.1" + WEBHOOK, FIELDS), {}, WEBHOOK, id="the address behind the proxy"),
        pytest.param(SIGNED, {"Body": "hello!"}, WEBHOOK, id="another body"),
        pytest.param(SIGNED, {"OptOutType": "STOP"}, WEBHOOK, id="a field more"),
        pytest.param(SIGNED, {}, f"{WEBHOOK}?a=1", id="another address"),
        pytest.param(SIGNED, {}, "/sms/twilio/status/1", id="the other address"),
    ],
)
def test_what_twilio_has_not_signed_is_refused(
    served: FrontDesk, signed: str, changes: dict[str, str], path: str
) -> None:
    headers = {b"X-Twilio-Signature": signed.encode("latin-1")}
    response = httpx.post(served.url + path, data={**FIELDS, **changes}, headers=headers)

    assert response.status_code == 403
    assert_has_numbers(response.text)
    assert stored(served, "SM1") == []


@pytest.mark.parametrize(
    "said",
    [
        {"X-Forwarded-Proto": "http", "X-Forwarded-For": "203.0.113.9"},
        {"Host": "frontdesk:8000"},
        {"Host": "203.0.113.9"},
        {"Host": "front_desk"},
    ],
    ids=["scheme and sender", "the upstream's name", "an address", "not a name"],
)
def test_the_signature_is_of_the_public_address_whatever_the_proxy_says(
    served: FrontDesk, caller: Phone, said: dict[str, str]
) -> None:
    def proxied(path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        return over(served)(path, body, {**headers, **said})

    phone = Phone(proxied, caller.number)
    answer = phone.text("hello")
    assert answer.text == "About: hello"
    assert phone.tell(answer.action, "delivered").texts == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_post(served: FrontDesk, method: str) -> None:
    assert httpx.request(method, served.url + WEBHOOK).status_code == 405


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_only_a_form(served: FrontDesk, kind: str) -> None:
    assert httpx.post(served.url + WEBHOOK, content=b"--x", headers={"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_without_an_id_or_a_sender_it_is_no_message(caller: Phone, missing: str) -> None:
    fields = {name: value for name, value in FIELDS.items() if name != missing}

    assert caller.request(WEBHOOK, fields).status == 400


def test_a_repeat_gets_the_same_reply(served: FrontDesk, caller: Phone, far_assistant: FakeAssistant) -> None:
    sid = new_sid()
    first = caller.text("hello", sid)
    asked = len(far_assistant.asked)

    assert caller.text("hello", sid) == first
    assert len(far_assistant.asked) == asked
    assert len(stored(served, sid)) == 1


def test_the_same_message_from_ten_threads(served: FrontDesk, caller: Phone, far_assistant: FakeAssistant) -> None:
    def slowly(reply: behaviour.Reply, question: behaviour.Body) -> None:
        time.sleep(0.3)
        reply.json(behaviour.answer_to({"text": str(len(far_assistant.asked))}))

    far_assistant.behave = slowly
    asked, sid = len(far_assistant.asked), new_sid()

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(lambda _: caller.text("hello", sid), range(10)))

    assert {answer.text for answer in answers} == {f"About: {asked + 1}"}
    assert len(answers) == 1
    assert len(far_assistant.asked) == asked + 1
    assert len(stored(served, sid)) == 1


FAULTS: dict[str, Callable[[behaviour.Reply, behaviour.Body], None]] = {
    "hangs": behaviour.hang,
    "hangs halfway": behaviour.hang_halfway,
    "500": behaviour.sends_raw(b"oops", 500),
    "not JSON": behaviour.sends_raw(b"oops"),
    "empty": behaviour.sends_raw(b""),
    "no reply": behaviour.changed(replies=[]),
}


@pytest.mark.parametrize("behave", FAULTS.values(), ids=FAULTS.keys())
def test_whatever_the_assistant_does_the_numbers_come_within_twilios_wait(
    served: FrontDesk, caller: Phone, far_assistant: FakeAssistant, behave: Callable[..., None]
) -> None:
    far_assistant.behave = behave
    sid, start = new_sid(), time.monotonic()

    answer = caller.text("hello", sid)

    assert time.monotonic() - start < 8  # a deadline of 2 s, and room for a slow machine; Twilio waits 15
    assert_has_numbers(answer.text)
    assert len(parts(answer.text)) == 1
    assert len(stored(served, sid)) == 1
    far_assistant.behave = behaviour.proper
    assert caller.text("hello", sid) == answer


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS.keys())
def test_text_as_phones_send_it(served: FrontDesk, caller: Phone, body: str) -> None:
    sid = new_sid()

    answer = caller.text(body, sid)

    assert [text for text, *_ in stored(served, sid)] == [body.replace("\0", "")]
    assert is_gsm7(answer.text)
    if body.strip():
        assert answer.text.startswith("About:")
    else:
        assert_has_numbers(answer.text)
        assert "only read words" in answer.text


def test_a_picture_without_words(served: FrontDesk, caller: Phone, far_assistant: FakeAssistant) -> None:
    sid, asked = f"MM{new_sid()[2:]}", len(far_assistant.asked)

    answer = caller.text("", sid, NumMedia="1", MediaUrl0="https://api.twilio.com/x", MediaContentType0="image/jpeg")

    assert "only read words" in answer.text
    assert_has_numbers(answer.text)
    assert len(far_assistant.asked) == asked
    assert rows(served, "SELECT cause FROM transcripts_reply JOIN transcripts_message m ON m.id = message_id"
                " WHERE m.client_id = ?", sid) == [("wordless",)]  # fmt: skip


def test_short_replies_of_a_turn_are_one_message(caller: Phone, far_assistant: FakeAssistant) -> None:
    kind = {"kind": "answer", "response": "", "buttons": []}
    said = [{"text": "It\u2019s one.", **kind}, {"text": "Two.", **kind}]
    far_assistant.behave = behaviour.changed(replies=said)

    assert caller.text("hello").texts == ["It's one.\nTwo."]


def test_long_replies_of_a_turn_are_messages_of_which_the_last_calls_back(
    served: FrontDesk, caller: Phone, far_assistant: FakeAssistant
) -> None:
    """By Twilio's older documentation whatever follows a message with an `action` is never sent."""
    kind = {"kind": "answer", "response": "", "buttons": []}
    said = [{"text": letter * 200, **kind} for letter in "ab"]
    far_assistant.behave = behaviour.changed(replies=said)
    sid = new_sid()

    answer = caller.text("hello", sid)

    assert answer.texts == ["a" * 200, "b" * 200]
    caller.tell(answer.action, "delivered")
    assert [delivery for *_, delivery in stored(served, sid)] == ["delivered"]
    assert caller.text("hello", sid) == answer


def test_the_number_is_nowhere(served: FrontDesk, caller: Phone) -> None:
    caller.text("hello")
    caller.text("", OptOutType="HELP")
    caller.text("STOP")
    caller.request(WEBHOOK, {**FIELDS, "From": caller.number}, "forged")
    caller.request(WEBHOOK, {"From": caller.number})
    folder = served.log.parent

    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    assert caller.number[2:].encode() not in written
    assert b"hello" in written


def test_after_a_restart_a_repeat_gets_the_same_reply_and_a_phone_keeps_its_conversation(
    served: FrontDesk, caller: Phone, far_assistant: FakeAssistant
) -> None:
    sid, later = new_sid(), new_sid()
    first = caller.text("hello", sid)
    asked = len(far_assistant.asked)
    served.end()
    served.start()

    assert caller.text("hello", sid) == first
    assert len(far_assistant.asked) == asked
    caller.text("me again", later)
    assert stored(served, sid)[0][1] == stored(served, later)[0][1]


def test_killed_while_it_answers_a_repeat_is_answered_and_kept_once(
    served: FrontDesk, caller: Phone, far_assistant: FakeAssistant
) -> None:
    far_assistant.behave = behaviour.hang
    asked, sid = len(far_assistant.asked), new_sid()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(caller.text, "hello", sid)
        while len(far_assistant.asked) == asked and not first.done():
            time.sleep(0.02)
        served.stop(signal.SIGKILL)
        assert isinstance(first.exception(), httpx.HTTPError)
    far_assistant.behave = behaviour.proper
    served.start()

    assert caller.text("hello", sid).text == "About: hello"
    assert len(stored(served, sid)) == 1


def test_the_words_and_a_person_in_danger_after_stop(
    served: FrontDesk, caller: Phone, far_assistant: FakeAssistant
) -> None:
    """The whole way once, to the process that answers in earnest."""
    help_ = caller.text("HELP").text
    assert_has_numbers(help_)
    assert caller.text("STOP").texts == []
    assert caller.text("hello").texts == []

    crisis = {"level": "crisis", "signals": [], "subject": "self", "evidence": []}
    far_assistant.behave = behaviour.changed(assessment=crisis)
    sid = new_sid()
    tried = caller.text("i took all of them", sid)
    kept = "SELECT level, alert, delivery, delivery_error FROM transcripts_message WHERE client_id = ?"
    assert rows(served, kept, sid) == [(3, "opted_out", "withheld", None)]
    caller.tell(tried.action, "failed", ErrorCode="21610")
    assert rows(served, kept, sid) == [(3, "opted_out", "failed", 21610)]

    far_assistant.behave = behaviour.proper
    assert_has_numbers(caller.text("START").text)
    assert caller.text("hello").text == "About: hello"


def test_more_than_a_person_can_write_gets_the_numbers(served: FrontDesk, caller: Phone) -> None:
    answers = (caller.text("hello") for _ in range(RATE * 4))

    count, refused = next((n, answer) for n, answer in enumerate(answers) if answer.text != "About: hello")

    assert count >= RATE
    assert "again in a minute" in refused.text
    assert_has_numbers(refused.text)
