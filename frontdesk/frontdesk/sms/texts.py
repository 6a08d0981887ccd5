"""The fixed texts of the channel, to be set at the carrier or sent from here: each fits one message."""

from __future__ import annotations

from django.conf import settings

from frontdesk.safety.reply import EMERGENCY, LIFELINE
from frontdesk.safety.short import short_numbers
from frontdesk.sms.plain import plain
from frontdesk.sms.words import Word


def word_text(word: Word) -> str:
    """What is said to STOP, START or HELP: who this is, 911, 988, the helpline, and the way out or back."""
    return plain(_TEXTS[word]())


def fallback_text() -> str:
    """What Twilio says from its fallback URL when the front desk can't be reached."""
    return plain(f"No answer right now; please call. {short_numbers()}")


def _stop() -> str:
    helpline = settings.CONFIG.helpline
    return (
        f"{helpline.name}: no more texts from us. START brings them back. Danger to life: call {EMERGENCY}. "
        f"Suicide: {LIFELINE}. Helpline: {helpline.number}"
    )


def _start() -> str:
    return f"Automated texts. Ask me on opioids and twitches. STOP ends. {short_numbers()}"


def _help() -> str:
    return f"Automated texts on opioids and twitches. STOP ends. {short_numbers()}"


_TEXTS = {Word.STOP: _stop, Word.START: _start, Word.HELP: _help}
