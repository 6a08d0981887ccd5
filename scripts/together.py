"""All parts of a Procfile, run by honcho: started, waited for, and stopped together, so that none is left behind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from scripts import lifeline
from scripts.problem import Problem
from scripts.progress import Progress, elapsed
from scripts.steps import LOGS, last_lines, say

LOOK_EVERY_S = 0.2
ANSWER_WITHIN_S = 2.0
# honcho gives its parts 5 s to stop, and so does a watcher (leash.py).
STOP_WITHIN_S = 8.0
LOG = "run.log"
STOPPED = re.compile(r"^\S+ system +\| (?P<part>\S+)\.\d+ stopped \(rc=(?P<code>-?\d+)\)$", re.MULTILINE)


class Together:
    """A context: honcho runs inside it, and when it ends every part has ended.

    `addresses` are the parts' health addresses by name; a part without one is ready when it is started.
    `unwanted` says whether the person (or whoever started us) wants it all to stop.
    """

    def __init__(self, root: Path, env: Mapping[str, str], unwanted: Callable[[], bool]) -> None:
        self.log = root / LOGS / LOG
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.unwanted = unwanted
        self._root = root
        self._env = env

    def __enter__(self) -> Together:
        self._lifeline = lifeline.Lifeline()
        env = {**self._env, lifeline.VARIABLE: str(self._lifeline.path), "PYTHONUNBUFFERED": "1"}
        # The settings are in `env`; honcho's own reading of .env would let it win over the process environment.
        command = [sys.executable, "-m", "honcho", "start", "-e", os.devnull, "--no-colour"]
        with self.log.open("w") as log:
            self._honcho = subprocess.Popen(
                command,
                cwd=self._root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._honcho.terminate()
        try:
            self._honcho.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._honcho.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._honcho.pid, signal.SIGKILL)
        self._honcho.wait()
        if not self._lifeline.release(STOP_WITHIN_S):
            say(f"A part has not stopped; see {LOGS / LOG}.")

    def wait_until_ready(self, addresses: Mapping[str, str], within_s: float) -> bool:
        """False when it became unwanted first. Raises `Problem` when a part ends or isn't ready within `within_s`."""
        waiting = dict(addresses)
        with Progress("Starting") as progress:
            while waiting and not self.unwanted():
                self._check_running()
                for name in [name for name, address in waiting.items() if answers(address)]:
                    del waiting[name]
                    progress.say(f"{name} is ready after {elapsed(progress.seconds)}")
                progress.note = "waiting for " + ", ".join(waiting)
                if waiting and progress.seconds > within_s:
                    raise Problem(f"{self._end_of_log()}\nNot ready after {within_s:.0f} s: {', '.join(waiting)}.")
                time.sleep(LOOK_EVERY_S)
        return not waiting

    def wait_until_unwanted(self) -> None:
        """Raises `Problem` when a part ends first."""
        while not self.unwanted():
            self._check_running()
            time.sleep(LOOK_EVERY_S)

    def _check_running(self) -> None:
        ended = STOPPED.search(self.log.read_text(errors="replace"))
        if ended:
            raise Problem(f"{self._end_of_log()}\n{ended['part']} stopped ({_reason(int(ended['code']))}).")
        code = self._honcho.poll()
        if code is not None:
            raise Problem(f"{self._end_of_log()}\nhoncho, which runs the parts, stopped ({_reason(code)}).")

    def _end_of_log(self) -> str:
        return f"{last_lines(self.log)}\nAll of it: {LOGS / LOG}"


def answers(address: str) -> bool:
    """Whether a GET there gives 200; never through a proxy."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=ANSWER_WITHIN_S) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _reason(code: int) -> str:
    return f"ended by signal {-code}" if code < 0 else f"exit code {code}"
