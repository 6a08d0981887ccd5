"""What a phone gets is GSM-7, and every number in it arrives in one piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.sms.parts import is_gsm7, parts
from frontdesk.sms.plain import NUMBER, cut_numbers, for_phone, keep_numbers_whole, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain, as it was: ¡ñé€[]", "plain, as it was: ¡ñé€[]", id="nothing to do"),
        pytest.param("\u201cdon\u2019t\u201d \u2013 \u2018stop\u2019\u2026", "\"don't\" - 'stop'...", id="typography"),
        pytest.param("l\u00ednea de ayuda s\u00f3lo aqu\u00ed", "linea de ayuda solo aqui", id="accents"),
        pytest.param("\u00c1ngel \u00e7a", "Angel ca", id="capitals and cedillas"),
        pytest.param("1\u00a0mg\u202fa\u2009day", "1 mg a day", id="blanks of every width"),
        pytest.param("ok \U0001f44d\u200d!", "ok !", id="what has no likeness"),
        pytest.param("a\tb\r\nc\x0b\x00\x1b\f", "a b\nc ", id="control characters, which XML can't hold"),
    ],
)
def test_it_becomes_gsm7(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_whatever_it_is(text: str) -> None:
    once = plain(text)

    assert is_gsm7(once)
    assert plain(once) == once


@pytest.mark.parametrize(
    ("before", "number"),
    [(before, number) for before in range(140, 156) for number in ("911", "988", "212-555-0147", "1-800-662-4357")],
)
def test_a_number_is_pushed_over_the_edge_of_a_part(before: int, number: str) -> None:
    text = f"{'a' * before} {number} and more words"

    whole = keep_numbers_whole(text)

    assert any(number in part for part in parts(whole))
    assert whole.split() == text.split()
    if any(number in part for part in parts(text)):
        assert whole == text


WORDS = st.lists(st.sampled_from(["a", "word", "€", "longer words", "911", "988.", "212-555-0147,"]), max_size=80)


@given(WORDS)
def test_no_number_is_ever_cut(words: list[str]) -> None:
    text = for_phone(" ".join(words), *words[:2])

    assert cut_numbers(text) == []
    assert sum(len(NUMBER.findall(part)) for part in parts(text)) == len(NUMBER.findall(text))
