"""Where sentences begin and end, by a blank spaCy pipeline: no model to download, none to go out of date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

Span = tuple[int, int]
"""Start and end."""

PIECE, PIECE_STEP = 30, 20
"""Tokens. A longer run without a full stop, as people in panic write, is cut into overlapping pieces of this size."""
WINDOW, WINDOW_STEP = 90, 60
"""Tokens. A message longer than a window is also read in overlapping windows: the encoder takes in 128 word pieces."""
BESIDE = re.compile(r"[.,;:!?…\n]+|\b(?:and|but|also|so|because|then|plus)\b", re.IGNORECASE)
"""What stands between two things that are told in one message."""
UNBROKEN = re.compile(r"(?<=\S{100})\S+")
"""What follows 100 characters without a space ("!!!!!!!…") is not cut further: spaCy's tokenizer would take half a
minute for 10,000 of them.
"""


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "\n", ";"]})
    pipeline.max_length = (
        1_000_000  # characters; a message of 10,000 can be 18 times as long in Unicode's compatibility form
    )
    return pipeline


@dataclass(frozen=True)
class Split:
    """Character spans of a text's parts, in order."""

    sentences: tuple[Span, ...]
    """Long ones in overlapping pieces that cover all of it. Empty for a text without a word."""
    windows: tuple[Span, ...]
    """Overlapping windows over a text that is longer than one; none for a shorter text."""


def split(text: str) -> Split:
    """Where the sentences of `text` begin and end, and its windows."""
    parsed = _parsed(text)
    sentences = tuple(span for sentence in parsed.sents for span in _cut(list(sentence), PIECE, PIECE_STEP))
    windows = tuple(_cut(list(parsed), WINDOW, WINDOW_STEP))
    return Split(sentences, windows if len(windows) > 1 else ())


def clause(text: str, start: int, end: int) -> Span:
    """What is told around `text[start:end]`, without what is told beside it."""
    before = [found.end() for found in BESIDE.finditer(text, 0, start)]
    after = BESIDE.search(text, end)
    return max(before, default=0), after.start() if after else len(text)


def _parsed(text: str) -> Doc:
    return _pipeline()(UNBROKEN.sub(lambda run: " " * len(run.group()), text))


def _cut(tokens: list[Token], size: int, step: int) -> list[Span]:
    words = [token for token in tokens if not token.is_space]
    spans = []
    for start in range(0, max(len(words) - (size - step), 1), step):
        part = words[start : start + size]
        if any(not token.is_ascii or any(map(str.isalpha, token.text)) for token in part):
            spans.append((part[0].idx, part[-1].idx + len(part[-1])))
    return spans
