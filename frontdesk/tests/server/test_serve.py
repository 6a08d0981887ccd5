"""`frontdesk serve`, the real process: what waitress refuses, a restart, and the end."""

from __future__ import annotations

import json
import signal
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from frontdesk.exchange.exchange import MOST_AT_ONCE
from frontdesk.server.waitress import LARGEST_HEADER
from tests import fake_assistant as fake
from tests.conftest import assert_has_numbers
from tests.fake_assistant import Body, FakeAssistant, Reply
from tests.real_parts import FrontDesk, free_port
from tests.settings import GIVEN


@pytest.fixture(scope="module")
def module_assistant() -> Iterator[FakeAssistant]:
    found = FakeAssistant()
    yield found
    found.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, module_assistant: FakeAssistant) -> Iterator[FrontDesk]:
    found = FrontDesk(tmp_path_factory.mktemp("desk"), module_assistant.port)
    assert found.command("migrate").returncode == 0
    found.start()
    yield found
    found.end()


@pytest.fixture(autouse=True)
def _proper(module_assistant: FakeAssistant) -> None:
    module_assistant.behave = fake.proper


def test_a_talk(desk: FrontDesk) -> None:
    answered = desk.say("call me at 760-555-0123", desk.session())

    assert answered["stored"]
    assert answered["replies"] == [{"text": "About: call me at <phone>", "kind": "answer", "buttons": []}]


def test_without_a_token_it_says_that_the_sms_channel_is_off(desk: FrontDesk) -> None:
    assert "SMS channel: off (TWILIO_AUTH_TOKEN is empty)\n" in desk.log.read_text()


FAULTS = {
    "hangs": fake.hang,
    "hangs halfway": fake.hang_halfway,
    "breaks off": fake.break_off,
    "empty": fake.sends_raw(b""),
    "no JSON": fake.sends_raw(b"<html>Bad gateway</html>"),
    "an error": fake.sends_raw(b"{}", 500),
    "wrong shape": fake.sends({"replies": "hello"}),
    "no reply": fake.changed(replies=[]),
}


@pytest.mark.parametrize("behave", FAULTS.values(), ids=FAULTS.keys())
def test_an_assistant_at_fault(
    desk: FrontDesk, module_assistant: FakeAssistant, behave: Callable[[Reply, Body], None]
) -> None:
    module_assistant.behave = behave
    start = time.monotonic()

    answered = desk.say("hello", desk.session())

    assert time.monotonic() - start < 5
    assert answered["stored"]
    assert [reply["kind"] for reply in answered["replies"]] == ["safety"]
    assert_has_numbers(answered["replies"][0]["text"])


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDesk]:
    """No assistant is there, and an address may ask four times a minute."""
    found = FrontDesk(tmp_path_factory.mktemp("alone"), free_port(), {**GIVEN, "WEB_RATE_PER_MINUTE": "1"})
    assert found.command("migrate").returncode == 0
    found.start()
    yield found
    found.end()


def test_an_assistant_that_is_down(alone: FrontDesk) -> None:
    answered = alone.say("hello", alone.session())

    assert answered["stored"]
    assert [reply["kind"] for reply in answered["replies"]] == ["safety"]
    assert_has_numbers(answered["replies"][0]["text"])


def test_behind_a_proxy_each_address_has_a_rate_of_its_own(alone: FrontDesk) -> None:
    """The one that the proxy saw, which comes last; what a client writes before it changes nothing."""

    def ask(forwarded: str) -> int:
        return httpx.post(f"{alone.url}/chat/session", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask(f"198.51.100.{number}, 203.0.113.9") for number in range(5)] == [200, 200, 200, 200, 429]
    assert ask("203.0.113.10") == 200


def test_pages_are_served_while_everybody_waits_for_a_hung_assistant(
    desk: FrontDesk, module_assistant: FakeAssistant
) -> None:
    """As many as wait at most, all at once; the health address must not stand in line behind them."""
    module_assistant.behave = fake.hang
    session = desk.session()
    with ThreadPoolExecutor(MOST_AT_ONCE + 12) as pool:
        waiting = [
            pool.submit(desk.say, "hello", desk.session() if n % 2 else session) for n in range(MOST_AT_ONCE + 12)
        ]
        time.sleep(0.3)
        start = time.monotonic()
        httpx.get(f"{desk.url}/healthz", timeout=20).raise_for_status()
        took = time.monotonic() - start
        kinds = {each.result()["replies"][0]["kind"] for each in waiting}

    assert kinds == {"safety"}
    assert took < 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"NONSENSE\r\n\r\n", 400, id="not HTTP"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: a\r\nX: ".ljust(LARGEST_HEADER, b"x"), 431, id="giant header"),
        pytest.param(
            b"POST /chat/message HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n", 413, id="giant body"
        ),
        pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400, id="no length"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501, id="unknown encoding"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400, id="foreign host"),
    ],
)
def test_what_the_server_itself_refuses_has_the_numbers(desk: FrontDesk, sent: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), 10) as connection:
        connection.sendall(sent)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, content = answer.partition(b"\r\n\r\n")

    assert head.split()[1] == str(status).encode()
    assert b"application/json" in head
    assert_has_numbers(content.decode())


def test_a_client_may_not_name_its_own_address_but_a_proxy_on_this_host_may(desk: FrontDesk) -> None:
    headers = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9", "X-Forwarded-Proto": "https"}

    origin = {"Origin": f"https://127.0.0.1:{desk.port}", **headers}

    assert httpx.post(f"{desk.url}/chat/session", headers=origin).status_code == 200
    del origin["X-Forwarded-Proto"]
    assert httpx.post(f"{desk.url}/chat/session", headers=origin).status_code == 403


def test_a_repeat_after_a_restart_gets_the_same_reply(desk: FrontDesk, module_assistant: FakeAssistant) -> None:
    session, client_id = desk.session(), uuid.uuid4().hex
    first = desk.say("hello", session, client_id)
    asked = len(module_assistant.asked)
    assert desk.stop(signal.SIGKILL) == -signal.SIGKILL
    desk.start()

    assert desk.say("hello", session, client_id) == first
    assert len(module_assistant.asked) == asked


def test_a_taken_port_is_one_line(desk: FrontDesk) -> None:
    done = desk.command("serve")

    assert done.returncode == 2
    assert "FRONTDESK_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_log_holds_no_words(desk: FrontDesk) -> None:
    desk.say("xylophone words", desk.session())

    assert "xylophone" not in desk.log.read_text()


def test_it_stops_when_told(desk: FrontDesk) -> None:
    assert desk.stop() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{desk.url}/healthz")


def test_old_tables_are_one_line(tmp_path: Path) -> None:
    done = FrontDesk(tmp_path, free_port()).command("serve")

    assert done.returncode == 2
    assert "frontdesk migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_database_the_numbers_are_given_all_the_same(tmp_path: Path) -> None:
    desk = FrontDesk(tmp_path, free_port())
    desk.environment["DATABASE_URL"] = f"sqlite:///{tmp_path}"  # a folder: it can't be opened
    desk.start()
    try:
        answered = desk.say("hello", desk.session())
        health = json.loads(httpx.get(f"{desk.url}/healthz").content)
    finally:
        desk.stop()

    assert not answered["stored"]
    assert_has_numbers(answered["replies"][0]["text"])
    assert health["storage"] == "failing"
