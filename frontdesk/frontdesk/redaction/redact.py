"""Puts a placeholder where a message identifies somebody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult

    from frontdesk.redaction.engine import Engine

# No longer than the shortest text each one stands for: a redacted text never outgrows the limits of the raw one.
PLACEHOLDERS = {"PHONE": "<phone>", "EMAIL": "<mail>", "SSN": "<ssn>", "CARD": "<card>"}


def redact(text: str) -> str:
    """`text` with every identifier replaced by its placeholder; never longer than `text`. The first call is slow."""
    parts: list[str] = []
    done = 0
    for start, end, kind in _spans(_engine().find(text)):
        parts += [text[done:start], PLACEHOLDERS[kind]]
        done = end
    return "".join([*parts, text[done:]])


@cache
def _engine() -> Engine:
    from frontdesk.redaction.engine import Engine

    return Engine()


def _spans(results: Iterable[RecognizerResult]) -> list[tuple[int, int, str]]:
    """Where to cut, in order: what overlaps becomes one span, called what its longest part is."""
    spans: list[tuple[int, int, str, int]] = []
    for result in sorted(results, key=lambda each: (each.start, -each.end)):
        length = result.end - result.start
        if spans and result.start < spans[-1][1]:
            start, end, kind, longest = spans[-1]
            kind = result.entity_type if length > longest else kind
            spans[-1] = (start, max(end, result.end), kind, max(longest, length))
        else:
            spans.append((result.start, result.end, result.entity_type, length))
    return [(start, end, kind) for start, end, kind, _ in spans]
