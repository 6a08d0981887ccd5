"""How many messages a session and an address may send.

Kept in memory: the front desk is one process, and no address is ever written down. A key may use its whole minute at
once and gets it back evenly.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.http import HttpRequest

from frontdesk.refusals import Refused

# A clinic or a school is one address for many people.
SESSIONS_AN_ADDRESS = 4
MOST_KEYS = 20_000
MINUTE_S = 60.0


class Buckets:
    """Token buckets by key; the keys not used for longest are forgotten first."""

    def __init__(self, most_keys: int = MOST_KEYS) -> None:
        self._most_keys = most_keys
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, per_minute: int) -> float:
        """Takes one; returns 0, or the seconds until there is one again (nothing is taken then)."""
        now = time.monotonic()
        with self._lock:
            left, since = self._left.pop(key, (float(per_minute), now))
            left = min(float(per_minute), left + (now - since) * per_minute / MINUTE_S)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, now)
            if len(self._left) > self._most_keys:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * MINUTE_S / per_minute

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


buckets = Buckets()


def check_address(request: HttpRequest) -> None:
    """Counts one request of this address. Raises Refused."""
    _check(f"address {_network(request)}", settings.CONFIG.web_rate_per_minute * SESSIONS_AN_ADDRESS)


def check_session(conversation: object) -> None:
    """Counts one message of this conversation. Raises Refused."""
    _check(f"session {conversation}", settings.CONFIG.web_rate_per_minute)


def _check(key: str, per_minute: int) -> None:
    if wait := buckets.take(key, per_minute):
        seconds = math.ceil(wait)
        raise Refused("rate", {"retry_after": seconds}, {"Retry-After": str(seconds)})


def _network(request: HttpRequest) -> str:
    """The address of the person's connection; for IPv6 the /64 that one connection has to itself."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
