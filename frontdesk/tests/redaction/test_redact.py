"""What is taken out of a message, and what must stay because it tells how a person is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.redaction.redact import PLACEHOLDERS, _engine, redact

MUST = [
    ("call me at 760-555-0123", "call me at <phone>"),
    ("(760) 555-0123", "<phone>"),
    ("(760)5550123.", "<phone>."),
    ("760.555.0123", "<phone>"),
    ("760 - 555 - 0123", "<phone>"),
    ("760\u2011555\u20110123", "<phone>"),
    ("7605550123", "<phone>"),
    ("1-760-555-0123 thx", "<phone> thx"),
    ("+1 (760) 555-0123", "<phone>"),
    ("760-555-0123 x12", "<phone>"),
    ("7 6 0 5 5 5 0 1 2 3", "<phone>"),
    ("7-6-0-5-5-5-0-1-2-3", "<phone>"),
    ("+44 20 7946 0958", "<phone>"),
    ("text me 555 1234 pls", "text me <phone> pls"),
    ("call me at 555-1234", "call me at <phone>"),
    ("CALL ME AT 5551234", "CALL ME AT <phone>"),
    ("555.1234 is my cell", "<phone> is my cell"),
    ("my number is 160 055 0123", "my number is <phone>"),
    ("760-555-0123 or 760-555-0124", "<phone> or <phone>"),
    ("bob.smith+help@mail.example.co.uk", "<mail>"),
    ("its BOB@EXAMPLE.COM ok", "its <mail> ok"),
    ("a@b.co", "<mail>"),
    ("bob @ example.com", "<mail>"),
    ("bob at gmail dot com", "<mail>"),
    ("123-45-6789", "<ssn>"),
    ("123 45 6789", "<ssn>"),
    ("123.45.6789", "<ssn>"),
    ("my ssn is 123456789", "my ssn is <ssn>"),
    ("4111 1111 1111 1111", "<card>"),
    ("4111-1111-1111-1111", "<card>"),
    ("4111111111111111", "<card>"),
    ("4111 1111 1111 1112, one digit off", "<card>, one digit off"),
    ("amex 3782 822463 10005", "amex <card>"),
    ("call760-555-0123", "call<phone>"),
    ("my#760-555-0123", "my#<phone>"),
    ("\uff17\uff16\uff10-555-0123", "<phone>"),
    ("760_555_0123", "<phone>"),
    ("760*555*0123", "<phone>"),
    ("760,555,0123", "<phone>"),
    ("760-555-O123", "<phone>"),
    ("seven six zero five five five zero one two three", "<phone>"),
    ("011 44 20 7946 0958", "<phone>"),
    ("ph 5550123", "ph <phone>"),
    ("mi celular es 555 0123", "mi celular es <phone>"),
    ("its bob@gmail ok", "its <mail> ok"),
    ("bob[at]gmail[dot]com", "<mail>"),
    ("bob@gmail dot com", "<mail>"),
    ("ssn#123-45-6789", "ssn#<ssn>"),
    ("123/45/6789", "<ssn>"),
    ("123-456789", "<ssn>"),
    ("12345 6789 is my social", "<ssn> is my social"),
    ("4111 1111 11111111", "<card>"),
    ("4111/1111/1111/1111", "<card>"),
    ("diners 3056 930902 5904", "diners <card>"),
    ("he took 10 mg, call 760-555-0123, he is 45", "he took 10 mg, call <phone>, he is 45"),
]

MUST_NOT = [
    # The numbers people are told to call.
    "call 911 or 988",
    "911 911 911",
    "text 988 or call 911 now",
    "212-555-0147",
    "is (212) 555.0147 free",
    "+1 212 555 0147",
    "2125550147",
    "call 555-0147",  # the helpline's last seven digits
    "SAMHSA said 1-800-662-4357",
    "poison control 800 222 1222",
    # Doses.
    "10 mg 3x a day",
    "I take 200-1000 mg should I call",
    "should i call, 300 1200 mg a day",
    "oxy 10/325 every 4-6 hours",
    "took 20 30 40 50 mg over 2 days",
    "1000000 mcg",
    "0.125 mg x 30",
    "30mg30mg30mg",
    "M523 10/325 then 5-325",
    # Ages, dates, times, years, amounts, scales.
    "im 45 and took 800 at 4 and 600 at 8",
    "she is 17, born 1975-1980",
    "on 5/12/2023 at 10:30",
    "2023-05-12 14:05",
    "12.05.2023",
    "clean since 2019-2023",
    "pain 1 2 3 4 5 6 7 8 9 10",
    "$1200 500 4000",
    "zip 92262-1234",
    "room 1204, bed 3",
    "bp 120/80 hr 110 temp 101.5",
    "24/7 365",
    "2019-2020 2021-2022",
    "my number of pills went 300 1000 in a month",
    "i count one two three four five six seven eight nine ten",
    "took 200,300,400 mg",
    # Words.
    "look at this @ 3am",
    "meet me at home dot dot dot",
    "u r @ risk",
]


@pytest.mark.parametrize(("text", "redacted"), MUST)
def test_takes_out(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize("text", MUST_NOT)
def test_leaves(text: str) -> None:
    assert redact(text) == text


WORDS = st.lists(st.sampled_from([*(text for text, _ in MUST), *MUST_NOT, "hello", "\n", "😀"]), max_size=6)


@given(WORDS.map(" ; ".join) | st.text(alphabet="0123456789 -.()+@abc", max_size=60) | st.text(max_size=60))
def test_never_grows_and_is_done_after_once(text: str) -> None:
    once = redact(text)

    assert len(once) <= len(text)
    assert redact(once) == once


DIGITS = st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True)
GAPS = st.sampled_from(["", " ", "-", ".", " - ", ") ", "/"])


@given(DIGITS, GAPS, GAPS, st.sampled_from(["", "hi ", "call ", "i took 10 mg, ", "(", "me:"]))
def test_no_gap_hides_a_phone_number(digits: str, first: str, second: str, before: str) -> None:
    said = redact(f"{before}{digits[:3]}{first}{digits[3:6]}{second}{digits[6:]}")

    assert digits[6:] not in said or digits == "2125550147"


@pytest.mark.parametrize(
    "part", ["a", "1", "1 ", "555 ", "a@", "a.b-", "(555) ", "760-555-0123 ", "a@b.co ", "\u0660", "1-"]
)
def test_the_longest_message_is_read_quickly(part: str) -> None:
    text = (part * 10_000)[:10_000]
    start = time.perf_counter()

    redact(text)

    assert time.perf_counter() - start < 2


def test_a_placeholder_is_no_longer_than_what_it_stands_for() -> None:
    shortest = {"PHONE": "5551234", "EMAIL": "a@b.co", "SSN": "123456789", "CARD": "4" * 13}
    assert all(len(PLACEHOLDERS[kind]) <= len(text) for kind, text in shortest.items())


def test_no_word_of_a_message_stays_in_memory() -> None:
    """spaCy keeps each new word for good unless it is told not to."""
    redact("warm")
    words = _engine()._blank.vocab.strings
    before = len(words)

    redact(" ".join(f"neverseen{number}" for number in range(500)))

    assert len(words) == before
    assert "neverseen7" not in words
