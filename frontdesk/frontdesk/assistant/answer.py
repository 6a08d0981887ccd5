"""The shape of the assistant's answer, checked: what does not fit is refused rather than shown or stored."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from frontdesk.transcripts.levels import Cause, Kind, Level, Subject

LONGEST_NAME = 100


class AssistantFailed(Exception):  # noqa: N818 (an outcome that is planned for, not a programming error)
    """The assistant has no answer to give; `cause` says why."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.label)
        self.cause = cause


@dataclass(frozen=True)
class Button:
    """`payload` is plain text that the person's client sends as if it had been typed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Said:
    """One reply, ready to be shown."""

    text: str
    kind: Kind
    response: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The words a signal rests on: character offsets into the text that was sent."""

    signal: str
    start: int
    end: int


@dataclass(frozen=True)
class Answer:
    """Everything the assistant says about one message."""

    replies: tuple[Said, ...]
    level: Level
    signals: tuple[str, ...]
    subject: Subject
    evidence: tuple[Evidence, ...]
    intent: str
    topic: str
    confidence: float


def read(body: bytes, length: int) -> Answer:
    """The answer in `body` to a text of `length` characters. Raises AssistantFailed: not JSON, wrong shape, empty."""
    answer = read_assessment(body, length)
    if not answer.replies:
        raise AssistantFailed(Cause.EMPTY)
    return answer


def read_assessment(body: bytes, length: int) -> Answer:
    """An answer that may be without replies. Raises AssistantFailed: not JSON, wrong shape, no body."""
    if not body.strip():
        raise AssistantFailed(Cause.EMPTY)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AssistantFailed(Cause.NOT_JSON) from error
    try:
        return _answer(found, length)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise AssistantFailed(Cause.WRONG_SHAPE) from error


def _answer(found: Any, length: int) -> Answer:  # noqa: ANN401 (whatever JSON may hold)
    replies = tuple(_said(each) for each in _list(found["replies"]))
    assessment = found["assessment"]
    return Answer(
        replies=tuple(reply for reply in replies if reply.text.strip()),
        level=Level.named(assessment["level"]),
        signals=tuple(_name(each) for each in _list(assessment["signals"])),
        subject=Subject(assessment["subject"]),
        evidence=tuple(_evidence(each, length) for each in _list(assessment["evidence"])),
        intent=_name(found["intent"]),
        topic="" if found["topic"] is None else _name(found["topic"]),
        confidence=_share(found["confidence"]),
    )


def _said(found: Any) -> Said:  # noqa: ANN401
    kind = Kind(found["kind"])
    if kind is Kind.SAFETY:
        raise ValueError("the safety reply is the front desk's own")
    buttons = tuple(Button(_text(each["title"]), _text(each["payload"])) for each in _list(found["buttons"]))
    return Said(_text(found["text"]), kind, _name(found["response"]), buttons)


def _evidence(found: Any, length: int) -> Evidence:  # noqa: ANN401
    start, end = found["start"], found["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise ValueError("evidence outside the text")
    return Evidence(_name(found["signal"]), start, end)


def _list(found: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(found, list):
        raise TypeError("not a list")
    return found


def _text(found: Any) -> str:  # noqa: ANN401
    """A string that a database can hold: PostgreSQL takes no NUL, and half a surrogate pair is no character."""
    if not isinstance(found, str) or "\0" in found:
        raise ValueError("not a text")
    found.encode()  # UnicodeEncodeError is a ValueError
    return found


def _name(found: Any) -> str:  # noqa: ANN401
    text = _text(found)
    if len(text) > LONGEST_NAME:
        raise ValueError("too long for a name")
    return text


def _share(found: Any) -> float:  # noqa: ANN401
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise ValueError("not a number")
    return float(found)
