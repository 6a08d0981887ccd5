"""`python -m scripts.leash COMMAND…`: become COMMAND, with a watcher beside it that ends it when `make run` is gone.

honcho stops its parts when it is asked to, but not when it is killed itself (kill -9, out of memory), and a part left
behind so keeps its port. The watcher also ends what a killed part had started. Without HELPLINE_LIFELINE in the
environment (a plain `honcho start`) nothing is watched.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from scripts.lifeline import VARIABLE, Watched

LOOK_EVERY_S = 0.2
GRACE_S = 5.0


def watch(part: int, lifeline: Watched) -> None:
    """Runs in a child of the part, in its process group; ends that whole group, itself too, when its time has come."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while os.getppid() == part:
        if lifeline.lost():
            os.killpg(0, signal.SIGTERM)
            _wait_for_end(part)
            break
        time.sleep(LOOK_EVERY_S)
    os.killpg(0, signal.SIGKILL)


def _wait_for_end(part: int) -> None:
    until = time.monotonic() + GRACE_S
    while os.getppid() == part and time.monotonic() < until:
        time.sleep(0.05)


def _let_go_of_output() -> None:
    """Whoever reads the part's output to its end would wait for the watcher as well."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _start_watcher(lifeline: Path) -> None:
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    part = os.getpid()
    if os.fork() == 0:
        _let_go_of_output()
        watch(part, Watched(lifeline))


def main() -> None:
    command = sys.argv[1:]
    lifeline = os.environ.pop(VARIABLE, None)
    if lifeline:
        _start_watcher(Path(lifeline))
    try:
        os.execvp(command[0], command)  # noqa: S606 - to become the part is the point
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        sys.exit(127)


if __name__ == "__main__":
    main()
