"""The safety reply as each channel shows it."""

from __future__ import annotations

from frontdesk.safety.reply import long_safety
from frontdesk.safety.short import short_safety, short_wordless
from frontdesk.transcripts.levels import Cause, Channel


def safety_text(channel: Channel, cause: Cause | None = None, *, stored: bool = True) -> str:
    if channel is not Channel.SMS:
        return long_safety(stored=stored)
    return short_wordless() if cause is Cause.WORDLESS else short_safety(stored=stored)
