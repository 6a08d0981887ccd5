"""The fixed texts of the channel, to be set at the carrier or sent from here: each fits one message."""

from __future__ import annotations

from django.conf import settings

from frontdesk.safety.reply import EMERGENCY, LIFELINE
from frontdesk.safety.short import short_numbers, short_rate, short_safety, short_wordless
from frontdesk.sms.parts import parts, units
from frontdesk.sms.plain import plain
from frontdesk.sms.words import Word


class NameTooLongError(Exception):
    """The text says which text is how long, and what to do."""


def word_text(word: Word) -> str:
    """What is said to STOP, START or HELP: who this is, 911, 988, the helpline, and the way out or back."""
    return plain(_TEXTS[word]())


def fallback_text() -> str:
    """What Twilio says from its fallback URL when the front desk can't be reached."""
    return plain(f"No answer right now; please call. {short_numbers()}")


def fixed_texts() -> dict[str, str]:
    """Every text that has no other words than these, by what it is said to."""
    return {
        **{word.value: word_text(word) for word in Word},
        "no answer": plain(short_safety(stored=True)),
        "nothing stored": plain(short_safety(stored=False)),
        "no words": plain(short_wordless()),
        "too many": plain(short_rate()),
        "fallback": fallback_text(),
    }


def check_lengths() -> None:
    """Raises NameTooLongError where HELPLINE_NAME leaves no room in one part for what has to be said with it."""
    for name, text in fixed_texts().items():
        if len(parts(text)) > 1:
            problem = f"the text for {name} would be {units(text)} characters long, and 160 is the most"
            raise NameTooLongError(f"{problem}; shorten HELPLINE_NAME")


def _stop() -> str:
    return f"{_name()}: no more texts from us. START brings them back. {_numbers()}"


def _start() -> str:
    return f"{_name()}: texts are on, answers are automated. STOP ends them. {_numbers()}"


def _help() -> str:
    return f"{_name()}: automated texts on opioids and twitches. STOP ends them. {_numbers()}"


def _name() -> str:
    return str(settings.CONFIG.helpline.name)


def _numbers() -> str:
    number = settings.CONFIG.helpline.number
    return f"Danger to life: call {EMERGENCY}. Suicide: call or text {LIFELINE}. Helpline, free: {number}"


_TEXTS = {Word.STOP: _stop, Word.START: _start, Word.HELP: _help}
