"""The carriers' rule, checked against a library's count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sms_toolkit.messages.profiling import profile_message

from frontdesk.sms.parts import GSM7, is_gsm7, parts, units


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("a" * 160, [160], id="one part"),
        pytest.param("a" * 161, [153, 8], id="two parts"),
        pytest.param("a" * 306, [153, 153], id="two full parts"),
        pytest.param("a" * 307, [153, 153, 1], id="three parts"),
        pytest.param("é" * 160, [160], id="é is in GSM-7"),
        pytest.param("ñ¡¿" * 53, [159], id="so are ñ ¡ ¿"),
        pytest.param("í" + "a" * 70, [67, 4], id="í is not"),
        pytest.param("\u2019" + "a" * 69, [70], id="nor a curly apostrophe"),
        pytest.param("€" * 80, [80], id="the euro sign takes two units"),
        pytest.param("a" * 152 + "€" * 5, [152, 5], id="and is never cut in two"),
        pytest.param("😀" * 35, [35], id="an emoji takes two of 70"),
        pytest.param("😀" * 36, [33, 3], id="and is never cut in two either"),
    ],
)
def test_the_parts_of_a_message(text: str, lengths: list[int]) -> None:
    assert [len(part) for part in parts(text)] == lengths


def mostly_gsm7() -> st.SearchStrategy[str]:
    """Long enough for several parts, and often in GSM-7 throughout."""
    gsm7 = st.sampled_from(sorted(GSM7))
    return st.one_of(st.text(gsm7, max_size=500), st.text(st.one_of(gsm7, st.characters(codec="utf-16")), max_size=200))


@given(mostly_gsm7())
def test_it_counts_as_the_library_does(text: str) -> None:
    theirs = profile_message(text)

    assert "".join(parts(text)) == text
    assert parts(text) == [segment["message"] for segment in theirs["segments"]]
    if text and is_gsm7(text):
        assert units(text) == sum(segment["total_segment_length"] for segment in theirs["segments"])
