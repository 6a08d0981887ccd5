"""`frontdesk worker`, the real process, beside the real front desk."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.service import Service
from tests.fake_assistant import FakeAssistant, changed, sends_raw
from tests.real_parts import COMMAND, FrontDesk

WITHIN_S = 10.0
ASSESSMENT = {"level": "emergency", "signals": ["overdose"], "subject": "other", "evidence": []}


@pytest.fixture
def assistant() -> Iterator[FakeAssistant]:
    found = FakeAssistant()
    found.behave = changed(assessment=ASSESSMENT)
    yield found
    found.close()


@pytest.fixture
def desk(tmp_path: Path, service: Service, assistant: FakeAssistant) -> Iterator[FrontDesk]:
    values = {"ALERT_URLS": service.url, "TRACKER_DATABASE_URL": f"sqlite:///{tmp_path / 't.sqlite3'}"}
    found = FrontDesk(tmp_path, assistant.port, values)
    assert found.command("migrate").returncode == 0
    found.start()
    yield found
    found.end()


@pytest.fixture
def worker(desk: FrontDesk, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (tmp_path / "worker.log").open("wb") as log:
        found = subprocess.Popen([COMMAND, "worker"], env=desk.environment, stdout=log, stderr=log)
    yield found
    found.kill()
    found.wait()


def test_an_emergency_is_told_of_within_ten_seconds(
    desk: FrontDesk, worker: subprocess.Popen[bytes], service: Service, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    started = time.monotonic()
    while "worker:" not in log.read_text() and time.monotonic() < started + 60:
        time.sleep(0.1)

    said = time.monotonic()
    desk.say("he is not waking up", desk.session())
    while not service.got and time.monotonic() < said + WITHIN_S:
        time.sleep(0.05)

    assert [got["title"] for got in service.got] == ["Emergency (Web)"], log.read_text()
    assert "waking" not in log.read_text()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0


def test_an_emergency_told_while_the_assistant_was_away_is_told_of_when_it_is_back(
    desk: FrontDesk, assistant: FakeAssistant, worker: subprocess.Popen[bytes], service: Service
) -> None:
    assistant.behave = sends_raw(b"", 500)
    assert desk.say("he is not waking up", desk.session())["replies"][0]["kind"] == "safety"
    assert service.got == []
    assistant.behave = changed(assessment=ASSESSMENT)
    back = time.monotonic()
    while not service.got and time.monotonic() < back + 60:
        time.sleep(0.05)
    assert [got["title"] for got in service.got] == ["Emergency (Web)"]


def test_an_address_that_is_none_is_one_line(desk: FrontDesk) -> None:
    desk.environment["ALERT_URLS"] = "nosuchkind://user:secret@host"
    for command in ("check-settings", "worker"):
        done = desk.command(command)
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith("CommandError: ALERT_URLS: ")
        assert "secret" not in done.stderr
