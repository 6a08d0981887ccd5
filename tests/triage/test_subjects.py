"""Whose life a match is about."""

from __future__ import annotations

import pytest

from bot.triage.levels import Subject
from bot.triage.subjects import subject_of

SELF, OTHER, UNKNOWN = Subject

FROM_WORDS = {
    "me": ("i want to die", "i want to die", SELF),
    "a relative": ("my mom is hooked", "my mom is hooked on percs", OTHER),
    "the first named counts": ("i think he overdosed", "i think he overdosed", SELF),
    "he first": ("he told me goodbye", "he told me goodbye", OTHER),
    "nobody in the match, one in the message": ("overdosed", "he overdosed", OTHER),
    "the match before the message": ("my son", "i found my son", OTHER),
    "a child": ("baby swallowed", "baby swallowed a pill", OTHER),
    "pills are no person": ("can not stop taking them", "i can not stop taking them", SELF),
    "nobody": ("overdose", "overdose help", UNKNOWN),
    "part of a word is nobody": ("shed", "the shed is blue", UNKNOWN),
}


@pytest.mark.parametrize(("words", "message", "subject"), FROM_WORDS.values(), ids=FROM_WORDS)
def test_from_words(words: str, message: str, subject: Subject) -> None:
    assert subject_of("from_words", words, message) is subject


def test_a_declared_subject_is_kept() -> None:
    assert subject_of("other", "i want to die", "i want to die") is OTHER
