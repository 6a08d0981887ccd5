"""Whose life a match is about, from the words in and around it."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.triage.data import load
from bot.triage.levels import Subject

FIRST_PERSON = re.compile(r"\b(?:i|me|my ?self|mine)\b")
FROM_WORDS = "from_words"


@lru_cache(maxsize=1)
def _others() -> re.Pattern[str]:
    vocabulary = load("vocabulary")
    other = vocabulary["other"].replace("<relative>", vocabulary["relative"])
    return re.compile(rf"\b(?:{other}|(?:my|our|his|her|the|mi) {vocabulary['relative']}|baby|toddler)\b")


def subject_of(declared: str, words: str, message: str) -> Subject:
    """`declared` unless it is "from_words": then whoever is named first in `words`, else in the whole message."""
    if declared != FROM_WORDS:
        return Subject(declared)
    for text in (words, message):
        person = _first_named(text)
        if person is not Subject.UNKNOWN:
            return person
    return Subject.UNKNOWN


def _first_named(text: str) -> Subject:
    own, other = FIRST_PERSON.search(text), _others().search(text)
    if own and other:
        return Subject.SELF if own.start() < other.start() else Subject.OTHER
    if own or other:
        return Subject.SELF if own else Subject.OTHER
    return Subject.UNKNOWN
