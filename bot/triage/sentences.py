"""Where sentences begin and end, by a blank spaCy pipeline: no model to download, none to go out of date."""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

PIECE, PIECE_STEP = 30, 20
"""Tokens. A longer run without a full stop, as people in panic write, is cut into overlapping pieces of this size."""
WINDOW, WINDOW_STEP = 90, 60
"""Tokens. A message longer than a window is also read in overlapping windows: the encoder takes in 128 word pieces."""
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


def sentences(text: str) -> list[tuple[int, int]]:
    """Character spans (start, end) of the sentences of `text`, in order; long ones in overlapping pieces.

    Empty for a text without a word. The pieces of a long sentence cover all of it.
    """
    return [span for sentence in _parsed(text).sents for span in _cut(list(sentence), PIECE, PIECE_STEP)]


def windows(text: str) -> list[tuple[int, int]]:
    """Character spans of overlapping windows over a text that is longer than one; none for a shorter text."""
    spans = _cut(list(_parsed(text)), WINDOW, WINDOW_STEP)
    return spans if len(spans) > 1 else []


def _parsed(text: str) -> Doc:
    return _pipeline()(UNBROKEN.sub(lambda run: " " * len(run.group()), text))


def _cut(tokens: list[Token], size: int, step: int) -> list[tuple[int, int]]:
    words = [token for token in tokens if not token.is_space]
    spans = []
    for start in range(0, max(len(words) - (size - step), 1), step):
        part = words[start : start + size]
        if any(not token.is_ascii or any(map(str.isalpha, token.text)) for token in part):
            spans.append((part[0].idx, part[-1].idx + len(part[-1])))
    return spans
