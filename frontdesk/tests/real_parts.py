"""The real parts as processes on free ports: the front desk, the trained assistant, its action server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from dotenv import dotenv_values

from tests.settings import GIVEN

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).with_name("frontdesk"))
RASA = ROOT / ".venv" / "bin" / "rasa"
MODELS = ROOT / "models"
# The helpline, the deadlines and whatever else people really get; secrets, ports and databases stay the tests' own.
DEFAULTS = {name: value or "" for name, value in dotenv_values(ROOT / ".env.example", interpolate=False).items()}
OWN = ("SECRET_KEY", "ASSISTANT_TOKEN", "MODE")
START_S = 120.0
STOP_S = 15.0


def absent(reason: str) -> NoReturn:
    """Ends a test that this machine lacks something for: skipped with the reason, but a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def clean(values: Mapping[str, str]) -> dict[str, str]:
    """The process environment with `values`, and without the tests' own Django settings."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}, **values}


def real_values() -> dict[str, str]:
    """The settings of .env.example with the tests' secrets: what the real parts agree on."""
    return {**DEFAULTS, **{name: GIVEN[name] for name in OWN}}


class Part:
    """One process and its children: started, waited for at its health address, stopped, started again."""

    def __init__(self, command: list[str], environment: Mapping[str, str], health: str, log: Path) -> None:
        self.command_line = command
        self.environment = clean(environment)
        self.health = health
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Starts it and does not wait."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command_line, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        assert self.process
        end = time.monotonic() + START_S
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(httpx.HTTPError):
                httpx.get(self.health).raise_for_status()
                return
            time.sleep(0.1)
        pytest.fail(f"{self.command_line[0]} did not start: {self.log.read_text()[-4000:]}")

    def start(self) -> None:
        self.launch()
        self.wait()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process
        self.send(number)
        return self.process.wait(STOP_S)

    def send(self, number: signal.Signals) -> None:
        """The signal goes to the whole group: nothing is left behind."""
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    @contextmanager
    def hung(self) -> Iterator[None]:
        """It takes connections and answers nothing."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def end(self) -> None:
        """Whatever state it is in."""
        if self.process and self.process.poll() is None:
            self.stop(signal.SIGKILL)


class FrontDesk(Part):
    """The front desk with a database of its own in `folder`."""

    def __init__(self, folder: Path, assistant_port: int, values: Mapping[str, str] = GIVEN) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {
            "DATABASE_URL": f"sqlite:///{folder / 'f.sqlite3'}",
            "FRONTDESK_PORT": str(self.port),
            "ASSISTANT_PORT": str(assistant_port),
        }
        environment = {**GIVEN, **values, **own, "DJANGO_SETTINGS_MODULE": "frontdesk.settings"}
        super().__init__([COMMAND, "serve"], environment, f"{self.url}/healthz", folder / "log")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([COMMAND, *arguments], env=self.environment, capture_output=True, text=True)

    def say(self, text: str, session: str, client_id: str | None = None) -> Any:  # noqa: ANN401
        body = {"session": session, "id": client_id or uuid.uuid4().hex, "text": text}
        return httpx.post(f"{self.url}/chat/message", json=body, timeout=20).json()

    def session(self) -> str:
        return str(httpx.post(f"{self.url}/chat/session").json()["session"])


class RealAssistant:
    """The assistant and its action server, started as the Procfile does. `assistant` and `actions` can be stopped."""

    def __init__(self, folder: Path) -> None:
        if not RASA.exists() or not list(MODELS.glob("*.tar.gz")):
            absent("no trained assistant is here: run `make train`")
        self.port, actions_port = free_port(), free_port()
        values = {
            **real_values(),
            "ASSISTANT_PORT": str(self.port),
            "ACTIONS_PORT": str(actions_port),
            "TRACKER_DATABASE_URL": f"sqlite:///{folder / 't.sqlite3'}",
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": "127.0.0.1",
        }
        served = ["--interface", "127.0.0.1", "--port", str(self.port)]
        files = ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
        acting = [str(RASA.with_name("python")), "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)]
        url = f"http://127.0.0.1:{self.port}/webhooks/frontdesk/"
        self.assistant = Part([str(RASA), "run", *served, *files], values, url, folder / "assistant.log")
        self.actions = Part(acting, values, f"http://127.0.0.1:{actions_port}/health", folder / "actions.log")

    def start(self) -> None:
        self.actions.launch()
        self.assistant.start()
        self.actions.wait()

    def end(self) -> None:
        self.assistant.end()
        self.actions.end()
