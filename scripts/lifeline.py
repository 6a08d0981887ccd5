"""A named pipe that says whether `make run` still lives: the kernel closes it with its holder, however that one ends.

The holder keeps it open for writing and never writes. A watcher that reads an end of file knows the holder is gone; a
holder that can't open it for writing any more (no reader) knows every watcher is gone.
"""

from __future__ import annotations

import errno
import os
import tempfile
import time
from pathlib import Path

VARIABLE = "HELPLINE_LIFELINE"
LOOK_EVERY_S = 0.05


class Lifeline:
    """The holder's end."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="helpline-")
        self.path = Path(self._folder.name) / "lifeline"
        os.mkfifo(self.path)
        reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
        self._writer: int | None = os.open(self.path, os.O_WRONLY)
        os.close(reader)

    def release(self, within_s: float) -> bool:
        """Let go, and wait for the watchers to be gone; False when one is still there after `within_s` seconds."""
        if self._writer is not None:
            os.close(self._writer)
            self._writer = None
        until = time.monotonic() + within_s
        while watched := self._watched():
            if time.monotonic() > until:
                break
            time.sleep(LOOK_EVERY_S)
        self._folder.cleanup()
        return not watched

    def _watched(self) -> bool:
        try:
            os.close(os.open(self.path, os.O_WRONLY | os.O_NONBLOCK))
        except OSError as error:
            if error.errno in (errno.ENXIO, errno.ENOENT):
                return False
            raise
        return True


class Watched:
    """A watcher's end: opened once, asked often."""

    def __init__(self, path: Path) -> None:
        try:
            self._end: int | None = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except FileNotFoundError:
            self._end = None

    def lost(self) -> bool:
        """Whether the holder is gone."""
        if self._end is None:
            return True
        try:
            return not os.read(self._end, 1)
        except BlockingIOError:
            return False
