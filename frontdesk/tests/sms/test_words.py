"""STOP and its kin are only ever the bare word: people who need help write them inside a sentence."""

from __future__ import annotations

import pytest

from frontdesk.sms.words import Word, carrier_word, says_more

STOPS = ["STOP", "stop", " Stop \n", "stopall", "Unsubscribe", "CANCEL", "end", "Quit", "revoke", "OPTOUT"]
MESSAGES = [
    "stop the jerking",
    "how do i quit",
    "help im overdosing",
    "i want it to end",
    "END IT",
    "please stop",
    "stop!",
    "help me",
    "help?",
    "start again",
    "yes",
    "no",
    "info please",
    "quitting",
    "",
]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        *[(body, Word.STOP) for body in STOPS],
        *[(body, Word.START) for body in ("START", "start ", "UnStop")],
        *[(body, Word.HELP) for body in ("HELP", "help", "Info")],
        *[(body, None) for body in MESSAGES],
    ],
)
def test_only_the_bare_word(body: str, word: Word | None) -> None:
    assert carrier_word(body, "") is word


@pytest.mark.parametrize("word", Word)
def test_the_carrier_knows_better(word: Word) -> None:
    """Its keywords are for the operator to set: others than ours, too."""
    assert carrier_word("alto", word.value) is word


def test_what_the_carrier_may_say_one_day_is_not_taken_for_one_of_these() -> None:
    assert carrier_word("hello", "PAUSE") is None


@pytest.mark.parametrize(
    ("body", "more"), [("STOP", False), (" alto\n", False), ("", False), ("help me", True), ("stop\nim dying", True)]
)
def test_a_word_says_no_more(body: str, more: bool) -> None:
    assert says_more(body) is more
