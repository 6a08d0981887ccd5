"""Idioms: what is read instead, and what is left in earnest."""

from __future__ import annotations

import re

import pytest

from bot.triage.idioms import all_idioms
from bot.triage.levels import Level
from bot.triage.normalise import normalise
from bot.triage.rules import find

MEANT = [(one.id, text) for one in all_idioms() for text in one.no_match]
FIGURATIVE = [(one.id, text) for one in all_idioms() for text in one.match]
IN_EARNEST = {
    "beside an idiom": "this traffic is killing me and i want to kill myself",
    "before an idiom": "he is not breathing and the wait is killing me",
    "an idiom in despair": "i am dying to know how many pills would kill me",
}


def read(text: str) -> str:
    return normalise(text).text


@pytest.mark.parametrize(("id_", "text"), FIGURATIVE)
def test_an_idiom_is_read_in_plain_words(id_: str, text: str) -> None:
    (idiom,) = (one for one in all_idioms() if one.id == id_)
    assert re.search(rf"\b{idiom.plain}\b", read(text))
    assert not re.search(r"\b(?:kill\w*|murder\w*|die|died|dead|dying|addicted|hooked)\b", read(text))


@pytest.mark.parametrize(("id_", "text"), MEANT)
def test_what_may_be_meant_is_left(id_: str, text: str) -> None:
    (idiom,) = (one for one in all_idioms() if one.id == id_)
    assert idiom.plain not in read(text)


@pytest.mark.parametrize("text", IN_EARNEST.values(), ids=IN_EARNEST)
def test_what_is_said_beside_it_is_still_seen(text: str) -> None:
    assert max(evidence.level.rank for evidence in find(normalise(text))) >= Level.CRISIS.rank
