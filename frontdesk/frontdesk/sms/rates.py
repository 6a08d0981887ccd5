"""How many messages a phone may send, and how often it is told that it sent too many."""

from __future__ import annotations

from django.conf import settings

from frontdesk.webchat.rates import Buckets

messages = Buckets()
refusals = Buckets()


def too_many(phone: str) -> bool:
    """Counts one message of this phone."""
    return messages.take(phone, settings.CONFIG.sms_rate_per_minute) > 0


def may_say_so(phone: str) -> bool:
    """True once a minute: an answer to each of a flood would be a flood too."""
    return refusals.take(phone, 1) == 0
