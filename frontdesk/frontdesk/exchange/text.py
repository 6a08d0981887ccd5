"""What a text has to lose before any database can hold it."""

from __future__ import annotations

import re

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` without NUL, and with a sign in place of half a surrogate pair."""
    return LONE_SURROGATE.sub("\ufffd", text.replace("\0", ""))
