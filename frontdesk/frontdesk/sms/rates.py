"""How many messages a phone may send, and how often it is told that it sent too many."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from django.conf import settings

from frontdesk.webchat.rates import MINUTE_S, MOST_KEYS, Buckets


class Told:
    """When a phone was last told so, and in answer to which message; those told longest ago are forgotten first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def take(self, phone: str, sid: str) -> bool:
        """True once a minute, and for the same message again: the carrier repeats what got lost on its way."""
        now = time.monotonic()
        with self._lock:
            when, last = self._last.get(phone, (now - MINUTE_S, ""))
            if sid == last:
                return True
            if now - when < MINUTE_S:
                return False
            self._last[phone] = (now, sid)
            self._last.move_to_end(phone)
            if len(self._last) > MOST_KEYS:
                self._last.popitem(last=False)
        return True

    def clear(self) -> None:
        with self._lock:
            self._last.clear()


messages = Buckets()
told = Told()


def too_many(phone: str) -> bool:
    """Counts one message of this phone."""
    return messages.take(phone, settings.CONFIG.sms_rate_per_minute) > 0


def may_say_so(phone: str, sid: str) -> bool:
    """An answer to each of a flood would be a flood too."""
    return told.take(phone, sid)
