"""Text as people type it, and where each word of it stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.triage.normalise import Normalised, normalise

WRITTEN = {
    "capitals": ("HELP ME", "help me"),
    "curly quotes": ("I can\u2019t", "i can not"),
    "no apostrophe": ("i cant, he wont", "i can not, he will not"),
    "stretched letters": ("helppp meeee", "help me"),
    "stretched, but doubled in spelling": ("killlll my pillls", "kill my pills"),
    "stretched to two in off": ("offff", "off"),
    "leetspeak": ("k1ll mys3lf", "kill myself"),
    "leetspeak with signs": ("$uic!de", "suicide"),
    "amounts stay": ("took 30mg x2 at 5pm for $20", "took 30mg x2 at 5pm for $20"),
    "pill names stay": ("an m30", "an m30"),
    "text-speak": ("idk wat 2 do rn", "i do not know what 2 do right now"),
    "shortened words": ("my bf od'd", "my boyfriend overdosed"),
    "kms": ("kms", "kill myself"),
    "unalive": ("unalive myself", "suicide myself"),
    "misspelt": ("suicidle n unconcious", "suicidal and unconscious"),
    "full width": ("\uff48\uff45\uff4c\uff50", "help"),
    "zero width": ("k\u200bi\u200dll", "kill"),
    "the guard before a slash": ("\u2060/greet", "/greet"),
    "emoji stay": ("bye 😭", "bye 😭"),
    "white space": ("  a \n\n b\t", "a b"),
    "punctuation stays where it was": ("wait...what?!", "wait...what?!"),
    "an idiom": (
        "This traffic is KILLING me, im dying 2 know why",
        "this traffic is a nuisance, i am eager 2 know why",
    ),
    "nothing": ("", ""),
}

SPANS = {
    "a contraction": ("I CAN'T stop", "can not", "CAN'T"),
    "after a word that grew": ("idk, kms tonight", "kill myself", "kms"),
    "after emoji": ("😭😭 i want to die", "die", "die"),
    "a letter that is two in lower case": ("İ want to die", "die", "die"),
    "a ligature": ("ﬁne but suicidal", "suicidal", "suicidal"),
    "stretched": ("i want to dieeee now", "die", "dieeee"),
    "after the guard": ("\u2060/ kill myself", "kill myself", "kill myself"),
    "a word within a contraction": ("he won't wake", "not", "won't"),
    "an idiom": ("omg the traffic is   killing me", "is a nuisance", "is   killing me"),
    "after an idiom": ("this wait is killing me, i want to die", "want to die", "want to die"),
    "after an idiom that shrank": ("addicted to this show, i want to die", "want to die", "want to die"),
    "across spaces": ("want   to   die", "want to die", "want   to   die"),
}


@pytest.mark.parametrize(("message", "text"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_read(message: str, text: str) -> None:
    assert normalise(message).text == text


@pytest.mark.parametrize(("message", "found", "original"), SPANS.values(), ids=SPANS)
def test_a_span_maps_back(message: str, found: str, original: str) -> None:
    read = normalise(message)
    at = read.text.index(found)
    start, end = read.original_span(at, at + len(found))
    assert message[start:end] == original


def test_a_span_of_nothing_is_empty() -> None:
    assert Normalised("", (), ()).original_span(0, 0) == (0, 0)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_span_lies_within_it(message: str) -> None:
    read = normalise(message)
    assert len(read.starts) == len(read.ends) == len(read.text)
    assert all(0 <= start < end <= len(message) for start, end in zip(read.starts, read.ends, strict=True))
    assert list(read.starts) == sorted(read.starts)
    assert list(read.ends) == sorted(read.ends)
