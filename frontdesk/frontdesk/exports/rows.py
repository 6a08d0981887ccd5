"""Conversations and messages as flat rows: the same columns in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from frontdesk.desk.models import Correction, Review, State
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation, Message

Row = dict[str, Any]

CONVERSATION = (
    "conversation",
    "channel",
    "started_at",
    "last_message_at",
    "messages",
    "level",
    "latest_level",
    "subject",
    "signals",
    "help_offered",
    "safety_replied",
    "unread",
    "state",
    "assignee",
    "first_reviewed_at",
)
MESSAGE = (
    "conversation",
    "message",
    "channel",
    "received_at",
    "answered_at",
    "text",
    "level",
    "signals",
    "subject",
    "intent",
    "topic",
    "confidence",
    "reply_kinds",
    "replies",
    "safety_cause",
    "delivery",
    "verdict",
    "corrected_level",
    "corrected_topic",
    "reason",
)
# Rows fetched at once: memory stays the same however many there are.
AT_ONCE = 500


def conversation_rows(found: QuerySet[Conversation]) -> Iterator[Row]:
    """One row a conversation, the newest first."""
    counted = (
        Message.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation").annotate(n=Count("pk"))
    )
    count = Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
    chosen = found.order_by("-last_message_at", "-id").annotate(count=count)
    for each in chosen.select_related("review__assignee").prefetch_related("signals").iterator(AT_ONCE):
        review: Review | None = getattr(each, "review", None)
        values = (
            str(each.pk),
            each.channel,
            each.started_at.isoformat(),
            each.last_message_at.isoformat(),
            each.count,
            Level(each.level).label,
            _label(each.latest_level),
            each.subject,
            sorted(signal.name for signal in each.signals.all()),
            each.help_offered,
            each.safety_replied,
            each.unread,
            review.state if review else State.NEW.value,
            review.assignee.username if review and review.assignee else "",
            review.first_at.isoformat() if review and review.first_at else "",
        )
        yield dict(zip(CONVERSATION, values, strict=True))


def message_rows(found: QuerySet[Conversation]) -> Iterator[Row]:
    """One row a message of these conversations, in the order they came."""
    chosen = Message.objects.filter(conversation__in=found.order_by().values("pk")).select_related("conversation")
    corrections = Prefetch("corrections", Correction.objects.order_by("id"))
    for each in chosen.order_by("pk").prefetch_related("replies", corrections).iterator(AT_ONCE):
        yield dict(zip(MESSAGE, _message(each), strict=True))


def _message(message: Message) -> tuple[Any, ...]:
    replies = list(message.replies.all())
    corrections = list(message.corrections.all())
    standing = corrections[-1] if corrections else None
    return (
        str(message.conversation_id),
        message.pk,
        message.conversation.channel,
        message.received_at.isoformat(),
        message.answered_at.isoformat() if message.answered_at else "",
        message.text,
        _label(message.level),
        list(message.signals),
        message.subject,
        message.intent,
        message.topic,
        message.confidence,
        [reply.kind for reply in replies],
        [reply.text for reply in replies],
        next((reply.cause for reply in replies if reply.cause), ""),
        message.delivery,
        standing.verdict if standing else "",
        _label(standing.level) if standing else "",
        standing.topic if standing else "",
        standing.reason if standing else "",
    )


def _label(level: int | None) -> str:
    return "" if level is None else str(Level(level).label)
