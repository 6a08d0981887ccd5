"""What the front desk is told of a turn."""

from __future__ import annotations

from typing import Any

from bot.channels.replies import ReplyCollector, kind_of
from bot.channels.request import Turn

ASSESSED = ("level", "signals", "subject", "evidence")


def answer_of(turn: Turn, parse: dict[str, Any], replies: ReplyCollector) -> dict[str, Any]:
    """Replies and assessment; spans of the evidence count in the text the front desk sent."""
    assessment = parse.get("assessment") or {}
    told = {name: assessment.get(name) for name in ASSESSED}
    told["evidence"] = [_moved(evidence, 1 if turn.guarded else 0) for evidence in told["evidence"] or []]
    intent = parse.get("intent") or {}
    return {
        "replies": [{**one, "kind": kind_of(one["response"], str(told["level"]))} for one in replies.replies],
        "assessment": told,
        "intent": intent.get("name"),
        "topic": parse.get("topic"),
        "confidence": intent.get("confidence", 0.0),
    }


def _moved(evidence: dict[str, Any], by: int) -> dict[str, Any]:
    return {**evidence, "start": max(evidence["start"] - by, 0), "end": max(evidence["end"] - by, 0)}
