"""What the assistant may say, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.assistant.answer import AssistantFailed, Button, Evidence, read
from frontdesk.transcripts.levels import Cause, Kind, Level, Subject
from tests.fake_assistant import answer_to

TEXT = "my brother took too many and wont wake up"
PROPER = answer_to({"text": TEXT})
REPLY = PROPER["replies"][0]
ASSESSMENT = PROPER["assessment"]


def found(**changes: Any) -> bytes:  # noqa: ANN401
    return json.dumps({**PROPER, **changes}).encode()


def assessed(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"assessment": {**ASSESSMENT, **changes}}


def replied(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"replies": [{**REPLY, **changes}]}


def test_reads_the_whole_answer() -> None:
    answer = read(
        found(
            **replied(kind="emergency", buttons=[{"title": "Yes", "payload": "yes"}]),
            **assessed(
                level="emergency",
                signals=["overdose"],
                subject="other",
                evidence=[{"signal": "overdose", "start": 11, "end": 24}],
            ),
            topic=None,
        ),
        len(TEXT),
    )

    assert (answer.level, answer.subject, answer.topic) == (Level.EMERGENCY, Subject.OTHER, "")
    assert answer.evidence == (Evidence("overdose", 11, 24),)
    assert answer.replies[0].kind is Kind.EMERGENCY
    assert answer.replies[0].buttons == (Button("Yes", "yes"),)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(replied(kind="safety"), id="the safety reply is not the assistant's"),
        pytest.param(replied(kind="shout"), id="unknown kind"),
        pytest.param(replied(text=None), id="no text"),
        pytest.param(replied(text="half \ud83d"), id="half a character"),
        pytest.param(replied(text="nul \0"), id="NUL"),
        pytest.param(replied(buttons=None), id="no list of buttons"),
        pytest.param(replied(buttons=[{"title": "Yes"}]), id="button without payload"),
        pytest.param(replied(response="u" * 101), id="name too long"),
        pytest.param({"replies": "hello"}, id="replies no list"),
        pytest.param(assessed(level="urgent"), id="unknown level"),
        pytest.param(assessed(level=["none"]), id="level no text"),
        pytest.param(assessed(subject="me"), id="unknown subject"),
        pytest.param(assessed(signals=[1]), id="signal no text"),
        pytest.param(assessed(evidence=[{"signal": "x", "start": 0, "end": 999}]), id="evidence past the text"),
        pytest.param(assessed(evidence=[{"signal": "x", "start": 3, "end": 3}]), id="evidence of nothing"),
        pytest.param(assessed(evidence=[{"signal": "x", "start": 0.0, "end": 3}]), id="evidence between characters"),
        pytest.param({"assessment": None}, id="no assessment"),
        pytest.param({"intent": None}, id="no intent"),
        pytest.param({"confidence": float("nan")}, id="no number"),
        pytest.param({"confidence": True}, id="truth is no number"),
        pytest.param({"confidence": 10**400}, id="beyond numbers"),
    ],
)
def test_refuses_what_does_not_fit(changes: dict[str, Any]) -> None:
    with pytest.raises(AssistantFailed) as failed:
        read(found(**changes), len(TEXT))

    assert failed.value.cause is Cause.WRONG_SHAPE


@pytest.mark.parametrize("missing", sorted(PROPER))
def test_refuses_an_answer_with_a_part_missing(missing: str) -> None:
    with pytest.raises(AssistantFailed) as failed:
        read(json.dumps({name: value for name, value in PROPER.items() if name != missing}).encode(), len(TEXT))

    assert failed.value.cause is Cause.WRONG_SHAPE


@pytest.mark.parametrize("replies", [[], [{**REPLY, "text": " \n"}]])
def test_nothing_to_show_is_empty(replies: list[Any]) -> None:
    with pytest.raises(AssistantFailed) as failed:
        read(found(replies=replies), len(TEXT))

    assert failed.value.cause is Cause.EMPTY


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*PROPER, *ASSESSMENT, *REPLY, "x"]), inner),
)


@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary())
def test_whatever_comes_is_read_or_has_a_cause(body: bytes) -> None:
    try:
        assert read(body, 10).replies
    except AssistantFailed as failed:
        assert failed.cause in Cause  # noqa: PT017 (an answer that fits is as good)


@given(st.sampled_from(sorted(PROPER)), JSON)
def test_one_part_replaced_is_read_or_has_a_cause(part: str, value: object) -> None:
    try:
        assert read(found(**{part: value}), 10).replies
    except AssistantFailed as failed:
        assert failed.cause in Cause  # noqa: PT017 (an answer that fits is as good)
