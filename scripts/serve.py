"""`make run`, once all is set up: check the settings and the ports, start every part, and stay until Ctrl-C.

Runs in the assistant's environment, where honcho and python-dotenv are.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts import ports, settings
from scripts.ports import Address
from scripts.problem import BAD_INPUT, Problem, exit_with
from scripts.progress import Progress
from scripts.steps import LOGS, ROOT, say
from scripts.together import LOG, Together

CHECKS = (".venv/bin/helpline", "frontdesk/.venv/bin/frontdesk")
READY_WITHIN_S = 300.0
LOOPBACK = "127.0.0.1"


def check_settings(root: Path) -> None:
    """Ask each program about its own settings. Raises `Problem` with its one line and exit code 2."""
    with Progress("Checking the settings"):
        for program in CHECKS:
            checked = subprocess.run(
                [root / program, "check-settings"], cwd=root, capture_output=True, text=True, check=False
            )
            if checked.returncode:
                said = (checked.stderr or checked.stdout).strip().splitlines()
                raise Problem(said[-1] if said else f"{program} check-settings failed", BAD_INPUT)


def demo_login(root: Path) -> str:
    """A sentence with a name and a password, once: while nobody has a login yet, and never in production."""
    command = [str(root / "frontdesk/.venv/bin/frontdesk"), "administrator", "demo", "--if-none"]
    made = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if made.returncode:
        said = (made.stderr or made.stdout).strip().splitlines()
        raise Problem(said[-1] if said else "frontdesk administrator failed")
    name, _, password = made.stdout.strip().partition(" ")
    return f"log in as {name} with {password} (shown only now)" if name else ""


def listening(values: Mapping[str, str]) -> dict[str, Address]:
    """Where each part of the Procfile that listens will do so."""
    host = values.get("FRONTDESK_HOST", LOOPBACK)
    return {
        "assistant": Address("ASSISTANT_PORT", LOOPBACK, settings.port(values, "ASSISTANT_PORT")),
        "actions": Address("ACTIONS_PORT", LOOPBACK, settings.port(values, "ACTIONS_PORT")),
        "frontdesk": Address("FRONTDESK_PORT", host, settings.port(values, "FRONTDESK_PORT")),
    }


HEALTH = {"assistant": "/webhooks/frontdesk/", "actions": "/health", "frontdesk": "/healthz"}


def url(address: Address) -> str:
    """The address as this machine reaches it: one that listens everywhere is reached on loopback."""
    host = {"0.0.0.0": LOOPBACK, "::": "[::1]"}.get(address.host, address.host)  # noqa: S104 - to compare, not to bind
    return f"http://{host}:{address.port}"


def stop_asked() -> Callable[[], bool]:
    """Ctrl-C, a polite end, a closed terminal, or the end of whoever started us (make): each asks for the end."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: asked.append(received))
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, lambda received, _: asked.append(received))
    parent = os.getppid()
    return lambda: bool(asked) or os.getppid() != parent


def main() -> int:
    unwanted = stop_asked()
    settings.check_names(ROOT)
    check_settings(ROOT)
    values = settings.load(ROOT)
    parts = listening(values)
    ports.check_different(list(parts.values()))
    for address in parts.values():
        ports.check_free(address)
    addresses = {name: url(address) for name, address in parts.items()}
    with Together(ROOT, values, unwanted) as together:
        if together.wait_until_ready({name: addresses[name] + HEALTH[name] for name in parts}, READY_WITHIN_S):
            login = demo_login(ROOT)  # not sooner: a start that fails would keep its password to itself
            say(f"\n  The chat      {addresses['frontdesk']}/")
            say(f"  The desk      {addresses['frontdesk']}/desk/ {login}".rstrip())
            say(f"  Only from this machine: assistant {addresses['assistant']}, actions {addresses['actions']}")
            say(f"  What they say {LOGS / LOG}\n  Ctrl-C stops everything.\n")
            together.wait_until_unwanted()
        say("Stopping …")
    say("Everything has stopped.")
    return 0


if __name__ == "__main__":
    exit_with(main)
