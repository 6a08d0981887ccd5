"""A lock that is had in the order it was asked for.

Python's own lets a thread that comes by overtake those who wait: with 50 people writing at once, somebody may be passed
over until the time is up, and then the message is not stored.
"""

from __future__ import annotations

import threading
from collections import deque


class Line:
    """For threads; one that has it must not ask again before it left."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """False when it was not one's turn within `seconds`."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(seconds):
            return True
        with self._guard:
            if turn.is_set():  # in this very moment
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        """Hands it straight to the next."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
