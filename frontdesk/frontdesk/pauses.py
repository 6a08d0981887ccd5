"""How long to wait before what failed is tried again."""

from __future__ import annotations

from datetime import timedelta

FIRST_PAUSE_S = 5
LONGEST_PAUSE_S = 600


def pause(tries: int) -> timedelta:
    """How long after the try of this number (from 1) the next one comes."""
    return timedelta(seconds=min(FIRST_PAUSE_S * 2 ** min(tries - 1, 20), LONGEST_PAUSE_S))
