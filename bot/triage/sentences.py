"""Where sentences begin and end, by a blank spaCy pipeline: no model to download, none to go out of date."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

WINDOW = 30
"""Tokens. A longer run without a full stop, as people in panic write, is read in overlapping windows of this size."""
STRIDE = 20


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "\n", ";"]})
    pipeline.max_length = 100_000
    return pipeline


def pieces(text: str) -> list[tuple[int, int]]:
    """Character spans (start, end) of the sentences of `text`, in order; long ones in overlapping windows.

    Empty for a text without a word. The windows of a long sentence cover all of it.
    """
    spans: list[tuple[int, int]] = []
    for sentence in _pipeline()(text).sents:
        tokens = [token for token in sentence if not token.is_space]
        for start in range(0, max(len(tokens) - (WINDOW - STRIDE), 1), STRIDE):
            window = tokens[start : start + WINDOW]
            if any(token.is_alpha or not token.is_ascii for token in window):
                spans.append((window[0].idx, window[-1].idx + len(window[-1])))
    return spans
