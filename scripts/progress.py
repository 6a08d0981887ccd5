"""A line that shows a long step is alive, with its elapsed time."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

TTY_EVERY_S = 0.2
PLAIN_EVERY_S = 10.0


def elapsed(seconds: float) -> str:
    """Seconds as a person says them: `4.2 s`, `48 s`, `3 min 05 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


class Progress:
    """One living line on a terminal; elsewhere a line at the start, one every 10 s, and one at the end."""

    def __init__(self, title: str, out: TextIO | None = None, every_s: float | None = None) -> None:
        self.title = title
        self.note = ""
        self.out = out or sys.stdout
        self.live = self.out.isatty()
        self.every_s = every_s or (TTY_EVERY_S if self.live else PLAIN_EVERY_S)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def say(self, text: str) -> None:
        """A line of its own that stays, above the living one."""
        self._print(f"  {text}")

    def __enter__(self) -> Progress:
        self._began = time.monotonic()
        if not self.live:
            self._print(f"{self.title} …")
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        outcome = "done in" if kind is None else "stopped after"
        self._print(f"{self.title}: {outcome} {elapsed(self.seconds)}")

    def _tick(self) -> None:
        while not self._stop.wait(self.every_s):
            note = f" ({self.note})" if self.note else ""
            self._print(f"{self.title}: {elapsed(self.seconds)}{note}", end="" if self.live else "\n")

    def _print(self, text: str, end: str = "\n") -> None:
        start = "\r\033[K" if self.live else ""
        print(f"{start}{text}", end=end, file=self.out, flush=True)
