"""A checkout in miniature: the real scripts beside stand-ins for the programs they start."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

SERVE = (sys.executable, "-m", "scripts.serve")
PART = """
import http.server, os, signal, subprocess, sys
port, behaviour = int(sys.argv[1]), sys.argv[2]
open(f"{sys.argv[0]}.{port}.pid", "w").write(str(os.getpid()))
if behaviour == "fails":
    sys.exit("the model is broken")
if behaviour == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if behaviour == "parent":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    open(f"{sys.argv[0]}.{port}.child.pid", "w").write(str(child.pid))

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if behaviour == "unready" else 200)
        self.end_headers()

    def log_message(self, *_):
        pass

http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be collected does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def eventually(what: Callable[[], bool], within_s: float = 20) -> bool:
    until = time.monotonic() + within_s
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


class Checkout:
    """`make run` with tiny parts: start it, look at its processes, read what it says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ports = dict(zip(("assistant", "actions", "frontdesk"), free_ports(3), strict=True))
        self.running: subprocess.Popen[str] | None = None
        shutil.copytree(REPOSITORY / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        (root / "part.py").write_text(PART)
        self.settings = {f"{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        (root / ".env.example").write_text("FRONTDESK_HOST=127.0.0.1\n" + self.lines(self.settings))
        for program in (".venv/bin/helpline", "frontdesk/.venv/bin/frontdesk"):
            executable(root / program, "#!/bin/sh\nexit 0\n")
        self.procfile({})

    @staticmethod
    def lines(settings: dict[str, str]) -> str:
        return "".join(f"{name}={value}\n" for name, value in settings.items())

    def procfile(self, behaviours: dict[str, str]) -> None:
        (self.root / "Procfile").write_text(
            "".join(
                f"{name}: exec {sys.executable} -m scripts.leash {sys.executable} part.py"
                f' "${name.upper()}_PORT" {behaviours.get(name, "works")}\n'
                for name in self.ports
            )
        )

    def start(self, command: tuple[str, ...] = SERVE) -> subprocess.Popen[str]:
        env = {name: value for name, value in os.environ.items() if not name.endswith("_PORT")}
        self.running = subprocess.Popen(
            command,
            cwd=self.root,
            env={**env, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.running

    def start_until_ready(self, command: tuple[str, ...] = SERVE) -> subprocess.Popen[str]:
        running = self.start(command)
        assert running.stdout is not None
        for line in running.stdout:
            if "Ctrl-C stops everything" in line:
                return running
        raise AssertionError(f"it ended before it was ready: {self.log()}")

    def finish(self, within_s: float = 30) -> tuple[int, str]:
        """The exit code and the rest of the output."""
        assert self.running is not None
        output, _ = self.running.communicate(timeout=within_s)
        return self.running.returncode, output

    def pid(self, name: str, suffix: str = "") -> int:
        path = self.root / f"part.py.{self.ports[name]}{suffix}.pid"
        assert eventually(lambda: path.exists() and path.read_text() != "")
        return int(path.read_text())

    def honcho(self) -> int:
        assert self.running is not None
        command = ["ps", "-A", "-o", "pid=,ppid=,args="]
        for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
            pid, parent, args = line.split(None, 2)
            if int(parent) == self.running.pid and "honcho" in args:
                return int(pid)
        raise AssertionError("honcho is not running")

    def left(self) -> list[str]:
        """The processes that still belong to this checkout, known by its folder or its ports."""
        listing = subprocess.run(["ps", "-A", "-o", "pid=,stat=,args="], capture_output=True, text=True, check=True)
        ports = [f"part.py {port} " for port in self.ports.values()]
        return [
            line
            for line in listing.stdout.splitlines()
            if any(port in f"{line} " for port in ports) and not line.split()[1].startswith("Z")
        ]

    def log(self) -> str:
        path = self.root / "var/log/run.log"
        return path.read_text() if path.exists() else ""


@pytest.fixture(autouse=True)
def a_terminal_that_may_close() -> Iterator[None]:
    """What is started here hears a closed terminal, also when the tests themselves run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    made = Checkout(tmp_path)
    yield made
    if made.running and made.running.poll() is None:
        made.running.send_signal(signal.SIGKILL)
        made.running.communicate()
    if not eventually(lambda: not made.left()):
        left = made.left()
        for line in left:
            os.kill(int(line.split()[0]), signal.SIGKILL)
        raise AssertionError(f"left behind: {left}")
