"""Writes and reads what was said. Every function raises django.db.Error when the database can't.

`wait_s` is how long a write may wait for its turn (frontdesk/transcripts/writing.py).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from frontdesk.assistant.answer import Answer, Said
from frontdesk.database import LOCK_WAIT_S
from frontdesk.transcripts.levels import NOT_SEEN, OFFERS_HELP, Cause, Channel, Kind, Level
from frontdesk.transcripts.models import Conversation, Message, Reply, Signal
from frontdesk.transcripts.writing import writing


def store_message(
    conversation: UUID,
    channel: Channel,
    client_id: str,
    text: str,
    received_at: datetime,
    wait_s: float = LOCK_WAIT_S,
) -> Message:
    """The message with this id in this conversation: a new one, committed, or the one already there."""
    with writing(wait_s):
        Conversation.objects.get_or_create(
            id=conversation,
            defaults={
                "channel": channel,
                "started_at": received_at,
                "last_message_at": received_at,
                "sampled": sampled(),
            },
        )
        message, new = Message.objects.get_or_create(
            conversation_id=conversation, client_id=client_id, defaults={"text": text, "received_at": received_at}
        )
        if new:
            latest = Greatest(F("last_message_at"), received_at)
            Conversation.objects.filter(id=conversation).update(last_message_at=latest, unread=True)
    return message


def store_answer(message: Message, answer: Answer, wait_s: float = LOCK_WAIT_S) -> list[Reply]:
    """Keeps the assistant's answer, unless the message is answered already; returns the replies that stand."""
    replies = [_reply(message, position, said) for position, said in enumerate(answer.replies)]
    conversation = _raised(answer)
    if any(reply.kind in OFFERS_HELP for reply in answer.replies):
        conversation["help_offered"] = True
    return _settle(message, replies, _assessment(answer), conversation, wait_s)


def store_assessment(message: Message, answer: Answer, wait_s: float = LOCK_WAIT_S) -> None:
    """Keeps what the assistant made of a message that had a safety reply, and none of its replies: nobody saw them."""
    with writing(wait_s):
        if Message.objects.filter(pk=message.pk, level=None).exclude(text="").update(**_assessment(answer)):
            unread = {"unread": True} if answer.level >= Level.CRISIS else {}
            _raise(message, {**_raised(answer), **unread}, answer.signals)


def store_safety(message: Message, text: str, cause: Cause, wait_s: float = LOCK_WAIT_S) -> list[Reply]:
    """Keeps a safety reply, unless the message is answered already; returns the replies that stand."""
    reply = Reply(message=message, position=0, kind=Kind.SAFETY, text=text, cause=cause)
    return _settle(message, [reply], {}, {"safety_replied": True}, wait_s)


def replies_to(message: Message) -> list[Reply]:
    """The replies a message got, in order; none while it is still unanswered."""
    return list(Reply.objects.filter(message=message))


def last_seen(message: Message, claimed: str | None) -> str | None:
    """The last message whose reply the person had seen when they wrote `message`; None if none.

    A safety reply does not count: what the assistant said in that turn, if it said anything, was never shown. Neither
    does a text message that did not arrive. A client may claim by `claimed` (a client id of this conversation) that it
    saw less than was sent.
    """
    answered = Message.objects.filter(
        conversation_id=message.conversation_id, answered_at__lte=message.received_at
    ).exclude(pk=message.pk)
    if claimed is not None:
        known = Message.objects.filter(conversation_id=message.conversation_id, client_id=claimed).first()
        if known is not None:
            answered = answered.filter(received_at__lte=known.received_at)
    shown = answered.exclude(replies__kind=Kind.SAFETY).exclude(delivery__in=NOT_SEEN)
    last = shown.order_by("-received_at", "-pk").first()
    return str(last.pk) if last else None


def sampled() -> bool:
    """Chance, for coordinators to see also what nothing called for (DESK_NONE_PERCENT)."""
    return random.random() * 100 < settings.CONFIG.desk_none_percent  # noqa: S311 (no secret)


def _reply(message: Message, position: int, said: Said) -> Reply:
    buttons = [asdict(button) for button in said.buttons]
    return Reply(
        message=message, position=position, kind=said.kind, text=said.text, buttons=buttons, response=said.response
    )


def _settle(
    message: Message,
    replies: Sequence[Reply],
    assessment: dict[str, Any],
    conversation: dict[str, Any],
    wait_s: float,
) -> list[Reply]:
    """The first to settle a message wins, whichever process it is; everybody else gets what the first one kept."""
    with writing(wait_s):
        unsettled = Message.objects.filter(pk=message.pk, answered_at=None)
        if unsettled.update(answered_at=timezone.now(), **assessment):
            Reply.objects.bulk_create(replies)
            _raise(message, conversation, assessment.get("signals", ()))
    return replies_to(message)


def _assessment(answer: Answer) -> dict[str, Any]:
    """The fields of a message."""
    return {
        "level": answer.level,
        "signals": list(answer.signals),
        "subject": answer.subject,
        "evidence": [asdict(each) for each in answer.evidence],
        "intent": answer.intent,
        "topic": answer.topic,
        "confidence": answer.confidence,
    }


def _raised(answer: Answer) -> dict[str, Any]:
    """The fields of its conversation: the level never falls."""
    return {
        "level": Greatest(F("level"), int(answer.level)),
        "latest_level": answer.level,
        "subject": Case(When(level__lte=answer.level, then=Value(answer.subject)), default=F("subject")),
    }


def _raise(message: Message, conversation: dict[str, Any], signals: Sequence[str]) -> None:
    Conversation.objects.filter(pk=message.conversation_id).update(**conversation)
    found = (Signal(conversation_id=message.conversation_id, name=each) for each in signals)
    Signal.objects.bulk_create(found, ignore_conflicts=True)
