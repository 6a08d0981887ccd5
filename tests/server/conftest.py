"""The Rasa server and the action server as `make run` starts them, on free ports with a database of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from honcho.environ import parse_procfile

from bot.paths import ROOT
from bot.settings import read_settings

READY_WITHIN_S = 180
"""The model loads in 10 to 30 s; this is for a machine with much else to do."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """Both processes, and how the front desk would ask them."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "tracker.sqlite3"
        self.log = folder / "log"
        self.settings = {
            "ASSISTANT_PORT": str(free_port()),
            "ACTIONS_PORT": str(free_port()),
            "ASSISTANT_TOKEN": "the token of the test",
            "TRACKER_DATABASE_URL": f"sqlite:///{self.database}",
            "REDIS_URL": "",
        }
        self.address = f"http://127.0.0.1:{self.settings['ASSISTANT_PORT']}/webhooks/frontdesk"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        command = parse_procfile((ROOT / "Procfile").read_text()).processes[name].replace("exec ", "", 1)
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                ["sh", "-c", f"exec {command}"],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self.settings},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        for wanted in (signal.SIGCONT, signal.SIGTERM):
            os.killpg(process.pid, wanted)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def hung(self, name: str) -> Iterator[None]:
        """The process takes connections and answers none."""
        os.killpg(self.running[name].pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.running[name].pid, signal.SIGCONT)

    def ask(self, text: str, conversation: str, route: str = "message", **changes: Any) -> tuple[int, Any, float]:
        """Status, JSON and seconds of one turn."""
        body = {"conversation": conversation, "channel": "web", "message": uuid.uuid4().hex, "text": text, "seen": None}
        request = urllib.request.Request(
            f"{self.address}/{route}",
            json.dumps({**body, **changes}).encode(),
            {"Authorization": f"Bearer {self.settings['ASSISTANT_TOKEN']}", "Content-Type": "application/json"},
        )
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer), time.monotonic() - began
        except urllib.error.HTTPError as error:
            return error.code, json.load(error), time.monotonic() - began

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/", timeout=5) as answer:
                return json.load(answer) == {"status": "ok"}
        except OSError:
            return False

    def actions_listen(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.settings['ACTIONS_PORT']}/health", timeout=5):
                return True
        except OSError:
            return False


@pytest.fixture(scope="package")
def server(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Started once; ready when both answer."""
    made = Server(tmp_path_factory.mktemp("server"))
    for name in ("assistant", "actions"):
        made.start(name)
    try:
        until = time.monotonic() + READY_WITHIN_S
        while not (made.healthy() and made.actions_listen()):
            assert all(process.poll() is None for process in made.running.values()), made.log.read_text()[-2000:]
            assert time.monotonic() < until, made.log.read_text()[-2000:]
            time.sleep(0.2)
        yield made
    finally:
        for name in list(made.running):
            made.stop(name)


@pytest.fixture
def conversation() -> str:
    """A conversation nobody had before."""
    return uuid.uuid4().hex


@pytest.fixture(scope="session")
def number() -> str:
    return read_settings().helpline_number
