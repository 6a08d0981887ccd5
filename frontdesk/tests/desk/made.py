"""Conversations as the channels make them, without an assistant."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk.assistant.answer import Answer, Button, Evidence, Said
from frontdesk.transcripts import store
from frontdesk.transcripts.levels import Cause, Channel, Kind, Level, Subject
from frontdesk.transcripts.models import Conversation, Message

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KINDS = {Level.EMERGENCY: Kind.EMERGENCY, Level.CRISIS: Kind.CRISIS, Level.NONE: Kind.ANSWER}


def answer(level: Level = Level.NONE, **changes: Any) -> Answer:  # noqa: ANN401
    said = Said("An answer.", KINDS.get(level, Kind.HANDOFF), "utter_test", (Button("More", "more"),))
    whole: dict[str, Any] = {
        "replies": (said,),
        "level": level,
        "signals": (),
        "subject": Subject.SELF,
        "evidence": (),
        "intent": "faq/treatment",
        "topic": "treatment",
        "confidence": 0.87,
        **changes,
    }
    return Answer(**whole)


def evidence(text: str, signal: str, words: str) -> Evidence:
    return Evidence(signal, text.index(words), text.index(words) + len(words))


def message(
    text: str,
    level: Level | None = Level.NONE,
    *,
    conversation: uuid.UUID | None = None,
    channel: Channel = Channel.WEB,
    minutes: float = 0,
    **changes: Any,  # noqa: ANN401
) -> Message:
    """One message, answered, `minutes` after START; level None: with a safety reply."""
    identity = conversation or uuid.uuid4()
    at = START + timedelta(minutes=minutes)
    made = store.store_message(identity, channel, uuid.uuid4().hex, text, at)
    if level is None:
        store.store_safety(made, "I can't answer right now.", Cause.TIMEOUT)
    else:
        store.store_answer(made, answer(level, **changes))
    made.refresh_from_db()
    return made


def conversation(level: Level | None = Level.NONE, **changes: Any) -> Conversation:  # noqa: ANN401
    return Conversation.objects.get(pk=message("hello", level, **changes).conversation_id)
