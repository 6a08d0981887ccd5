"""Lets the messages of one conversation through one at a time, in the order they came.

It holds within one process, which the front desk is (frontdesk/server); what is written once stays written once
through the database's own constraints, however many processes there are.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID


class Place:
    """A place in one conversation's queue."""

    def __init__(self, queue: deque[Place], moved: threading.Condition) -> None:
        self._queue = queue
        self._moved = moved

    def wait(self, deadline: float) -> bool:
        """True once everybody before has left; False when `deadline` (time.monotonic()) comes first."""
        with self._moved:
            return self._moved.wait_for(self._first, max(0.0, deadline - time.monotonic()))

    def _first(self) -> bool:
        return self._queue[0] is self


class Turnstile:
    """The queues of all conversations; a conversation without a waiting message takes no memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[UUID, tuple[deque[Place], threading.Condition]] = {}

    @contextmanager
    def queue(self, conversation: UUID) -> Iterator[Place]:
        """Takes the next place in the conversation's queue, and leaves it at the end of the block."""
        with self._lock:
            places, moved = self._queues.setdefault(conversation, (deque(), threading.Condition(self._lock)))
            place = Place(places, moved)
            places.append(place)
        try:
            yield place
        finally:
            with self._lock:
                places.remove(place)
                if not places:
                    del self._queues[conversation]
                moved.notify_all()

    def __len__(self) -> int:
        """How many conversations have a message under way."""
        return len(self._queues)
