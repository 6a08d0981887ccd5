"""The words that carriers and Twilio take for themselves: STOP and its kin, START, HELP.

The list is Twilio's default opt-out handling (REVOKE and OPTOUT since May 2025, for the FCC's rule of April 2025). Only
the bare word counts, as there: "stop the jerking" and "help im overdosing" are messages.
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
# By default Twilio also takes this to mean START. It is an answer like any other from a phone that never opted out.
START_IF_OPTED_OUT = "yes"


def carrier_word(body: str, opt_out_type: str) -> Word | None:
    """Which word a message is; `opt_out_type` is the carrier's own reading, empty where it has none."""
    if opt_out_type in Word.__members__:
        return Word(opt_out_type)
    return WORDS.get(_bare(body))


def starts_again(body: str) -> bool:
    """Whether a phone that has opted out takes that back with this."""
    return _bare(body) == START_IF_OPTED_OUT


def _bare(body: str) -> str:
    return body.strip().casefold()
