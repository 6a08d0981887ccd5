"""A message is cut into pieces that lose no word of it."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.triage.normalise import normalise
from bot.triage.sentences import PIECE, PIECE_STEP, WINDOW, split

CUT = {
    "two sentences": ("i am fine. he is not", ["i am fine.", "he is not"]),
    "other ends": ("really? yes! ok; so", ["really?", "yes!", "ok;", "so"]),
    "one": ("no end at all", ["no end at all"]),
    "no word": ("... 12 !", []),
    "nothing": ("", []),
    "an emoji says something": ("😭", ["😭"]),
}
LONGEST = {
    "exclamation marks": "!" * 10_000,
    "underscores": "_" * 10_000,
    "apostrophes": "'s" * 5_000,
    "grows in compatibility form": "\ufdfa" * 10_000,
    "words": "he is not waking up and i " * 400,
}


@pytest.mark.parametrize(("text", "parts"), CUT.values(), ids=CUT)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in split(text).sentences] == parts


def test_a_long_run_is_cut_into_pieces_that_overlap() -> None:
    words = [f"word{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(100)]
    text = " ".join(words)
    parts = [text[start:end].split() for start, end in split(text).sentences]
    assert all(len(part) <= PIECE for part in parts)
    assert [part[0] for part in parts] == words[::PIECE_STEP][: len(parts)]
    assert parts[-1][-1] == words[-1]


WORDS = st.lists(
    st.sampled_from(["help", "me", "gone", "😭", " ", " ", " ", ". ", "!", "?", "\n", ",", "; "]), max_size=120
)


@given(WORDS.map("".join))
@settings(max_examples=200, deadline=None)
def test_every_word_is_in_a_piece(text: str) -> None:
    spans = split(text).sentences
    for chunk in (found for found in re.finditer(r"\S+", text) if len(found.group()) <= 100):
        for word in re.finditer(r"[a-z]+", chunk.group()):
            start, end = chunk.start() + word.start(), chunk.start() + word.end()
            assert any(first <= start and end <= last for first, last in spans), word


@pytest.mark.parametrize("message", LONGEST.values(), ids=LONGEST)
def test_the_longest_message_that_is_let_in_is_cut_at_once(message: str) -> None:
    text = normalise(message).text
    began = time.monotonic()
    split(text)
    assert time.monotonic() - began < 1


def test_windows_are_for_long_messages_and_lose_nothing() -> None:
    assert split("he is not waking up").windows == ()
    text = " ".join(["word"] * (WINDOW - 1) + ["last"])
    assert split(text).windows == ()
    long = " ".join(f"w{chr(97 + i % 26)}" for i in range(3 * WINDOW))
    spans = split(long).windows
    assert spans[0][0] == 0
    assert spans[-1][1] == len(long)
    assert all(after[0] < before[1] for before, after in pairwise(spans))
