"""Where sentences begin and end, by a blank spaCy pipeline: no model to download, none to go out of date."""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language

WINDOW = 30
"""Tokens. A longer run without a full stop, as people in panic write, is read in overlapping windows of this size."""
STRIDE = 20
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


def pieces(text: str) -> list[tuple[int, int]]:
    """Character spans (start, end) of the sentences of `text`, in order; long ones in overlapping windows.

    Empty for a text without a word. The windows of a long sentence cover all of it.
    """
    spans: list[tuple[int, int]] = []
    readable = UNBROKEN.sub(lambda run: " " * len(run.group()), text)
    for sentence in _pipeline()(readable).sents:
        tokens = [token for token in sentence if not token.is_space]
        for start in range(0, max(len(tokens) - (WINDOW - STRIDE), 1), STRIDE):
            window = tokens[start : start + WINDOW]
            if any(token.is_alpha or not token.is_ascii for token in window):
                spans.append((window[0].idx, window[-1].idx + len(window[-1])))
    return spans
