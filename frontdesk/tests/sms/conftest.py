"""A phone with Twilio in between: signed by hand here, so that a mistake in the signing code shows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest
from django.test import Client

from frontdesk.sms import rates
from tests.conftest import Configure
from tests.fake_assistant import FakeAssistant, proper
from tests.real_parts import FrontDesk
from tests.settings import GIVEN

TOKEN = "a token of Twilio's, made for tests"
PUBLIC = GIVEN["PUBLIC_URL"]
WEBHOOK = "/sms/twilio"
RATE = 30
FORM = "application/x-www-form-urlencoded"

TEXTS = {
    "empty": "",
    "blank": " \n ",
    "emoji only": "\U0001f480\U0001f52b",
    "the longest, already joined": "word " * 320,
    "no spaces": "w" * 1600,
    "curly quotes": "I don\u2019t \u201cknow\u201d\u2026",
    "Spanish": "\u00a1ay\u00fadame! \u00bfqu\u00e9 hago ma\u00f1ana?",
    "lines": "one\n\ntwo\r\nthree",
    "markup": "<Response><Message>hi</Message></Response> & more",
    "a slash": "/restart",
    "NUL": "a\0b",
    "many scripts": "\u0416\u6f22\u0627",
}

Post = Callable[[str, bytes, Mapping[str, str]], tuple[int, str]]


def signature(address: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """HMAC-SHA-1 of the address and each field's name and value, in order (twilio.com/docs/usage/security)."""
    signed = address + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def new_sid() -> str:
    return f"SM{uuid.uuid4().hex}"


@dataclass(frozen=True)
class Answer:
    """What came back: the texts of the TwiML, and where Twilio is to tell what became of the last."""

    status: int
    body: str

    @property
    def texts(self) -> list[str]:
        return [message.text or "" for message in self._messages()]

    @property
    def text(self) -> str:
        (text,) = self.texts
        return text

    @property
    def action(self) -> str:
        *before, last = self._messages()
        assert all(message.attrib == {} for message in before)
        return last.attrib["action"]

    def _messages(self) -> list[ElementTree.Element]:
        assert self.status == 200, self.body
        root = ElementTree.fromstring(self.body)  # noqa: S314 (our own answer)
        assert root.tag == "Response"
        return list(root)


def rows(desk: FrontDesk, query: str, *values: str) -> list[tuple[Any, ...]]:
    """What the front desk has written, read from its file."""
    path = desk.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


class Phone:
    """Somebody's phone: `text` sends a message as Twilio passes it on."""

    def __init__(self, post: Post, number: str = "") -> None:
        self.post = post
        self.number = number or f"+1{random.randrange(2_000_000_000, 10_000_000_000)}"  # noqa: S311

    def text(self, body: str, sid: str = "", **fields: str) -> Answer:
        posted = {
            "ToCountry": "US",
            "MessageSid": sid or new_sid(),
            "AccountSid": "AC" + "0" * 32,
            "From": self.number,
            "To": "+12125550147",
            "Body": body,
            "NumMedia": "0",
            **fields,
        }
        return self.request(WEBHOOK, posted)

    def tell(self, action: str, status: str, **fields: str) -> Answer:
        """Twilio's callback about a reply."""
        return self.request(action.removeprefix(PUBLIC), {"MessageStatus": status, "MessageSid": new_sid(), **fields})

    def request(self, path: str, fields: Mapping[str, str], signed: str | None = None) -> Answer:
        headers = {"X-Twilio-Signature": signature(PUBLIC + path, fields) if signed is None else signed}
        return Answer(*self.post(path, urlencode(fields).encode(), headers))


def inside(path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    """Within this process, where the database can be looked into and made to fail."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = client.post(path, body, content_type=FORM, headers=dict(headers))
    return response.status_code, response.content.decode()


def over(desk: FrontDesk) -> Post:
    """Over HTTP, to a front desk that is a process of its own."""

    def post(path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        response = httpx.post(desk.url + path, content=body, headers={"Content-Type": FORM, **headers}, timeout=20)
        return response.status_code, response.text

    return post


@pytest.fixture(autouse=True)
def _full_buckets() -> None:
    rates.messages.clear()
    rates.told.clear()


@pytest.fixture
def phone(configure: Configure) -> Phone:
    """A phone of this process's front desk, with the channel on."""
    configure(twilio_auth_token=TOKEN)
    return Phone(inside)


@pytest.fixture(scope="session")
def far_assistant() -> Iterator[FakeAssistant]:
    found = FakeAssistant()
    yield found
    found.close()


@contextmanager
def serving(folder: Path, assistant_port: int, **values: str) -> Iterator[FrontDesk]:
    """`frontdesk serve` with the channel on."""
    found = FrontDesk(folder, assistant_port, {"TWILIO_AUTH_TOKEN": TOKEN, **values})
    try:
        assert found.command("migrate").returncode == 0
        found.start()
        yield found
    finally:
        found.end()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, far_assistant: FakeAssistant) -> Iterator[FrontDesk]:
    """In front of the fake assistant."""
    with serving(
        tmp_path_factory.mktemp("sms"), far_assistant.port, ASSISTANT_DEADLINE_S="2", SMS_RATE_PER_MINUTE=str(RATE)
    ) as found:
        yield found


@pytest.fixture
def caller(served: FrontDesk, far_assistant: FakeAssistant) -> Phone:
    """A phone of the served front desk; the assistant answers properly."""
    far_assistant.behave = proper
    return Phone(over(served))
