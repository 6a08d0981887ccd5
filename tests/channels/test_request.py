"""One request of the front desk: taken as it is, or refused with what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.replies import WebReplies
from bot.channels.request import GUARD, MAX_TEXT, BadRequest, Turn, parse_turn

GOOD = {"conversation": "c1", "channel": "web", "message": "m1", "text": "hello", "seen": "m0"}
BAD: dict[str, tuple[Any, str]] = {
    "not JSON": (b"hello", "not JSON"),
    "not UTF-8": (b'{"text": "\xe9"}', "not JSON"),
    "empty": (b"", "not JSON"),
    "a list": ([GOOD], "not a JSON object"),
    "no conversation": ({**GOOD, "conversation": None}, "conversation must be"),
    "an empty conversation": ({**GOOD, "conversation": ""}, "conversation must be"),
    "no message id": ({key: GOOD[key] for key in GOOD if key != "message"}, "message must be"),
    "no text": ({key: GOOD[key] for key in GOOD if key != "text"}, "text must be"),
    "a number for a text": ({**GOOD, "text": 5}, "text must be"),
    "another channel": ({**GOOD, "channel": "fax"}, "channel must be one of web, sms"),
    "a list for a channel": ({**GOOD, "channel": ["web"]}, "channel must be one of web, sms"),
    "a number for seen": ({**GOOD, "seen": 1}, "seen must be"),
    "too long": ({**GOOD, "text": "x" * (MAX_TEXT + 1)}, f"longer than {MAX_TEXT}"),
}
GOOD_CHANGES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "nothing seen": {"seen": None},
    "empty text": {"text": ""},
    "the longest": {"text": "x" * MAX_TEXT},
    "by SMS": {"channel": "sms"},
}


@pytest.mark.parametrize("change", GOOD_CHANGES.values(), ids=GOOD_CHANGES)
def test_a_good_request(change: dict[str, Any]) -> None:
    body = {**GOOD, **change}
    assert parse_turn(json.dumps(body).encode()) == Turn(**body)


@pytest.mark.parametrize(("body", "message"), BAD.values(), ids=BAD)
def test_a_bad_request(body: Any, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        parse_turn(body if isinstance(body, bytes) else json.dumps(body).encode())


def test_what_was_not_said_of_seen_is_null() -> None:
    body = {key: GOOD[key] for key in GOOD if key != "seen"}
    assert parse_turn(json.dumps(body).encode()).seen is None


def test_half_of_a_character_is_replaced_and_spans_stay_right() -> None:
    assert parse_turn(json.dumps({**GOOD, "text": "a\ud83db 😭"}).encode()).text == "a\ufffdb 😭"


TEXTS = {
    "plain": ("hello", "hello"),
    "spaces stay": ("  hello \n", "  hello \n"),
    "a command of Rasa's": ("/restart", f"{GUARD}/restart"),
    "behind spaces": ("  /greet{}", f"{GUARD}  /greet{{}}"),
    "a slash within": ("and/or", "and/or"),
}


@pytest.mark.parametrize(("text", "given"), TEXTS.values(), ids=TEXTS)
def test_rasa_gets_the_text_as_it_is_and_never_a_command(text: str, given: str) -> None:
    message = Turn("c1", "sms", "m1", text, "m0").as_user_message(WebReplies())
    assert message.text == given
    assert (message.sender_id, message.input_channel, message.message_id) == ("c1", "sms", "m1")
    assert message.metadata == {"seen": "m0"}
