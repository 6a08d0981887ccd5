"""What a phone gets is GSM-7, and every number in it arrives in one piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.sms.parts import is_gsm7, parts
from frontdesk.sms.plain import MOST_PARTS, NUMBER, cut_numbers, for_phone, keep_numbers_whole, plain


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
    messages = for_phone(" ".join(words), *words[:2])

    for text in messages:
        assert cut_numbers(text) == []
        assert sum(len(NUMBER.findall(part)) for part in parts(text)) == len(NUMBER.findall(text))


REPLIES = st.lists(WORDS.map(" ".join), max_size=5)


@given(REPLIES)
def test_nothing_is_lost_or_moved_and_only_a_long_reply_is_a_long_message(replies: list[str]) -> None:
    messages = for_phone(*replies)

    assert " ".join(messages).split() == " ".join(replies).split()
    assert all(messages)
    long = [message for message in messages if len(parts(message)) > MOST_PARTS]
    assert long == [message for reply in replies for message in for_phone(reply) if len(parts(message)) > MOST_PARTS]


@pytest.mark.parametrize(
    ("lengths", "messages"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([0], [], id="nothing to read"),
        pytest.param([150, 155], [306], id="two parts to the last unit"),
        pytest.param([150, 156], [150, 156], id="one unit more"),
        pytest.param([306, 10], [306, 10], id="full already"),
        pytest.param([100, 100, 104, 1], [306, 1], id="the last alone"),
        pytest.param([200, 200, 100], [200, 301], id="a later one joins the one before it"),
        pytest.param([10, 400, 10], [10, 400, 10], id="one that is too long by itself"),
    ],
)
def test_replies_share_a_message_while_it_keeps_to_two_parts(lengths: list[int], messages: list[int]) -> None:
    assert [len(text) for text in for_phone(*("x" * length for length in lengths))] == messages
