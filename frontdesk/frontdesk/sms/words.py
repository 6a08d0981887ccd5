"""The words that carriers and Twilio take for themselves: STOP and its kin, START, HELP.

The list is Twilio's default opt-out handling (REVOKE and OPTOUT since May 2025, for the FCC's rule of April 2025) less
YES: people mean an answer by it. Only the bare word counts: "stop the jerking" and "help im overdosing" are messages.
"""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """What the carrier makes of a message; the values are those of Twilio's `OptOutType`."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


WORDS = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"), Word.STOP),
    **dict.fromkeys(("start", "unstop"), Word.START),
    **dict.fromkeys(("help", "info"), Word.HELP),
}


def carrier_word(body: str, opt_out_type: str) -> Word | None:
    """Which word a message is; `opt_out_type` is the carrier's own reading, empty where it has none."""
    if opt_out_type in Word.__members__:
        return Word(opt_out_type)
    return WORDS.get(_bare(body))


def says_more(body: str) -> bool:
    """Whether there is more in it than a word: what the carrier takes for HELP may be "help im overdosing"."""
    return len(body.split()) > 1


def _bare(body: str) -> str:
    return body.strip().casefold()
