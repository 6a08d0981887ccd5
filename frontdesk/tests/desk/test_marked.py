"""A message cut into what is plain and what is marked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.desk.marked import Piece, pieces


def at(start: int, end: int, signal: str = "a") -> dict[str, Any]:
    return {"signal": signal, "start": start, "end": end}


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("abcdef", [], [Piece("abcdef")]),
        ("abcdef", [at(0, 6)], [Piece("abcdef", ("a",))]),
        ("abcdef", [at(1, 3)], [Piece("a"), Piece("bc", ("a",)), Piece("def")]),
        (
            "abcdef",
            [at(0, 4), at(2, 6, "b")],
            [Piece("ab", ("a",)), Piece("cd", ("a", "b")), Piece("ef", ("b",))],
        ),
        ("abcdef", [at(1, 3), at(1, 3)], [Piece("a"), Piece("bc", ("a",)), Piece("def")]),
        ("abcdef", [at(0, 2), at(1, 4), at(4, 5)], [Piece("abcde", ("a",)), Piece("f")]),
        ("ab", [at(1, 9)], [Piece("a"), Piece("b", ("a",))]),
        ("", [at(1, 9)], []),
        ("ab", [at(5, 9)], [Piece("ab")]),
    ],
    ids=[
        "none",
        "all",
        "inside",
        "overlapping",
        "twice the same",
        "one signal, three times",
        "beyond the end",
        "words gone",
        "outside",
    ],
)
def test_pieces(text: str, evidence: list[dict[str, Any]], expected: list[Piece]) -> None:
    assert pieces(text, evidence) == expected


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_nothing_of_the_text_is_lost(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, [at(*span) for span in spans])) == text
