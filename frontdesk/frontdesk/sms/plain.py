"""Makes a turn's replies fit for a phone: GSM-7 characters only, two parts a message, no number cut in two by them."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from frontdesk.sms.parts import GSM7, parts, units

# One character outside GSM-7 would cut the parts of a message to less than half.
TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022", "-"),
        **dict.fromkeys("\r\f\x1b", ""),
        "\t": " ",
        "\u00d7": "x",
    }
)
# Of one message. A longer one costs more, and some carriers deliver its parts late or not at all.
MOST_PARTS = 2
# A telephone number, or one of three digits such as 911: what must arrive in one piece.
NUMBER = re.compile(r"(?<!\d)(?:1-)?\d{3}-\d{3}-\d{4}(?!\d)|(?<![\d-])\d{3}(?![\d-])")


def plain(text: str) -> str:
    """`text` in GSM-7: typography and accents become what they stand for; what has no likeness is left out."""
    return "".join(_likeness(character) for character in text.translate(TYPOGRAPHY))


def _likeness(character: str) -> str:
    if character in GSM7:
        return character
    if character.isspace():
        return " "
    return "".join(part for part in unicodedata.normalize("NFKD", character) if part in GSM7)


def keep_numbers_whole(text: str) -> str:
    """`text` with blanks before a number that the edge between two parts would cut; they push it into the next part."""
    done = -1
    while cut := next((each for each in cut_numbers(text) if each[0] > done), None):
        start, edge = cut
        blanks = " " * units(text[start:edge])
        text = text[:start] + blanks + text[start:]
        done = start + len(blanks)
    return text


def cut_numbers(text: str) -> list[tuple[int, int]]:
    """Where each number starts that an edge between two parts cuts, and where that edge is: offsets into `text`."""
    edges = list(accumulate(len(part) for part in parts(text)))
    numbers = [(number.start(), number.end()) for number in NUMBER.finditer(text)]
    return [(start, edge) for start, end in numbers for edge in edges if start < edge < end]


def for_phone(*texts: str) -> tuple[str, ...]:
    """The replies of a turn, in order, as the messages that are sent: one, or as many as keep to `MOST_PARTS` each.

    No reply is cut: one that is longer by itself is a message of its own.
    """
    messages: list[str] = []
    for text in filter(None, map(plain, texts)):
        joined = keep_numbers_whole("\n".join([*messages[-1:], text]))
        if messages and len(parts(joined)) <= MOST_PARTS:
            messages[-1] = joined
        else:
            messages.append(keep_numbers_whole(text))
    return tuple(messages)
