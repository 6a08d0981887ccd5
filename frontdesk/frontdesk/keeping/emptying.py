"""Takes the words out of old transcripts, and old transcripts out of the database, a few at a time.

Every function raises django.db.Error when the database can't. Between two steps everybody else may write: a message
never waits longer for its turn than one step takes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from frontdesk.desk.models import Correction, Note
from frontdesk.transcripts.models import Conversation, Message, Reply
from frontdesk.transcripts.writing import writing

AT_ONCE = 200
BREATH_S = 0.02


def empty_before(moment: datetime) -> int:
    """Removes all words of messages that came before `moment`; returns how many messages those were.

    What stays is what figures are made of: levels, signals, topics, times, kinds of replies, corrections.
    """
    emptied = 0
    old = Message.objects.filter(received_at__lt=moment).exclude(text="")
    for ids in _batches(old):
        with writing():
            emptied += Message.objects.filter(pk__in=ids).update(text="", evidence=[])
            Reply.objects.filter(message__in=ids).update(text="", buttons=[])
            Correction.objects.filter(message__in=ids).update(reason="")
    # What was written about a message that had lost its words by then.
    for ids in _batches(Correction.objects.filter(at__lt=moment).exclude(reason="")):
        with writing():
            Correction.objects.filter(pk__in=ids).update(reason="")
    for ids in _batches(Note.objects.filter(at__lt=moment)):
        with writing():
            Note.objects.filter(pk__in=ids).delete()
    return emptied


def delete_before(moment: datetime) -> int:
    """Deletes conversations whose last message came before `moment`, with all that hangs on them; returns how many."""
    deleted = 0
    for ids in _batches(Conversation.objects.filter(last_message_at__lt=moment)):
        for conversation in ids:
            deleted += delete(conversation)
    return deleted


def delete(conversation: UUID) -> int:
    """Deletes one conversation with all that hangs on it; 0 when there is none."""
    with writing():
        _, counts = Conversation.objects.filter(pk=conversation).delete()
    return counts.get("transcripts.Conversation", 0)


def _batches(rows: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    """Primary keys, each once, in order; what a batch's rows have become meanwhile does not matter."""
    remaining = rows.order_by("pk").values_list("pk", flat=True)
    ids = list(remaining[:AT_ONCE])
    while ids:
        yield ids
        time.sleep(BREATH_S)
        ids = list(remaining.filter(pk__gt=ids[-1])[:AT_ONCE])
