"""Makes a reply fit for a phone: GSM-7 characters only, and no number cut in two between parts."""

from __future__ import annotations

import re
import unicodedata

from frontdesk.sms.parts import GSM7, parts, units

# One character outside GSM-7 would cut the parts of a message to less than half.
TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u2010\u2011\u2012–—―−•", "-"),
        **dict.fromkeys("\r\f\x1b", ""),
        "\t": " ",
        "…": "...",
        "×": "x",
    }
)
# A telephone number, or one of three digits such as 911: what must arrive in one piece.
NUMBER = re.compile(r"(?<!\d)(?:1-)?\d{3}-\d{3}-\d{4}(?!\d)|(?<![\d-])\d{3}(?![\d-])")


def plain(text: str) -> str:
    """`text` in GSM-7: typographic signs and accents become what they stand for, and what has no likeness is left out."""
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
    edges, end = [], 0
    for part in parts(text)[:-1]:
        end += len(part)
        edges.append(end)
    return [
        (number.start(), edge) for number in NUMBER.finditer(text) for edge in edges if number.start() < edge < number.end()
    ]


def for_phone(*texts: str) -> str:
    """All replies of a turn as the one message that is sent."""
    return keep_numbers_whole("\n".join(plain(text) for text in texts))
