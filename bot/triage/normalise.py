"""Text as people type it, to text that rules can read, without losing where each word stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.triage.data import load
from bot.triage.idioms import idioms_in

QUOTES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2013\u2014", "-"),
        "\u2026": ".",
        "\u00a0": " ",
    }
)
LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l"}
)
WORD = re.compile(r"w/o\b|w/|o\.d\.?(?!\w)|(?:[^\W_]|[@$|])+(?:[!'][^\W_]+)*|\S")
"""Letters with accents belong to their word: "daño" is not "da" and "ño"."""
LEET_WORD = re.compile(r"(?=.*[a-z])(?=.*[0-9@$!|])[a-z0-9@$!|]+")
AMOUNT = re.compile(
    r"\d+(?:mg|mcg|ml|g|x|k|am|pm|th|st|nd|rd|s|h|hr|hrs|min|mins|d|wk|wks|yr|yrs|yo|f|m|lb|lbs|oz|pills?|mgs|days?)?|[a-z]\d{1,3}|\$\d+|\d+\$"
)
STRETCHED = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True)
class Normalised:
    """`text` to read, and for each of its characters the span of the original it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original message of `text[start:end]`; `end` exclusive, a span of nothing stays empty."""
        if start >= end:
            return (0, 0)
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1)
def _replacements() -> dict[str, str]:
    spelling = load("spelling")
    return {**spelling["textspeak"], **spelling["contractions"]}


@lru_cache(maxsize=1)
def _doubled() -> frozenset[str]:
    return frozenset(load("spelling")["doubled"])


def normalise(message: str) -> Normalised:
    """Lower case, plain quotes, no stretched letters, no leetspeak, text-speak and contractions written out, idioms in
    plain words.

    One space between words, none before punctuation it did not have; emoji stay. Never fails, whatever the text holds.
    """
    plain, origin = _plain(message)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word in WORD.finditer(plain):
        written = read_word(word.group())
        gap = " " if out and word.start() > 0 and plain[word.start() - 1].isspace() else ""
        first, last = origin[word.start()], origin[word.end() - 1] + 1
        out.append(gap + written)
        starts += [first] * len(gap + written)
        ends += [last] * len(gap + written)
    text = "".join(out)
    for start, end, meant in idioms_in(text):
        text = text[:start] + meant + text[end:]
        starts[start:end] = [starts[start]] * len(meant)
        ends[start:end] = [ends[end - 1]] * len(meant)
    return Normalised(text, tuple(starts), tuple(ends))


def _plain(message: str) -> tuple[str, list[int]]:
    """Unicode compatibility form in lower case, with the offset in `message` of each character."""
    characters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(message):
        for folded in unicodedata.normalize("NFKC", character).translate(QUOTES).lower():
            if unicodedata.category(folded) in ("Cf", "Mn", "Cc") and not folded.isspace():
                continue
            characters.append(folded)
            origin.append(index)
    return "".join(characters), origin


def read_word(word: str) -> str:
    """One word in lower case as the rules want to read it."""
    replacements = _replacements()
    if word in replacements:
        return replacements[word]
    if LEET_WORD.fullmatch(word) and not AMOUNT.fullmatch(word):
        word = word.translate(LEET)
    word = _shorten(word)
    return replacements.get(word, word)


def _shorten(word: str) -> str:
    if not STRETCHED.search(word):
        return word
    twice = STRETCHED.sub(r"\1\1", word)
    return twice if twice in _doubled() else STRETCHED.sub(r"\1", word)
