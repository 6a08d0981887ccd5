"""What coordinators write about a conversation. Every function commits, together with its entry in the audit log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.accounts.permissions import DeskRequest
from frontdesk.audit.log import record
from frontdesk.audit.models import Action
from frontdesk.desk.models import Correction, Note, Review, State, Verdict
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation, Message
from frontdesk.transcripts.writing import writing


def set_state(request: DeskRequest, conversation: UUID, state: State, read_up_to: datetime) -> None:
    """`read_up_to` is the last message that was on the page: one that came meanwhile keeps the conversation unread."""
    with writing():
        _change(conversation, request.user, state=state)
        unread = Conversation.objects.filter(pk=conversation, last_message_at__lte=read_up_to)
        unread.update(unread=state == State.NEW)
        record(Action.REVIEW, request=request, conversation=conversation, detail=state.label)


def assign(request: DeskRequest, conversation: UUID, person: User | None) -> None:
    with writing():
        _change(conversation, request.user, assignee=person)
        detail = f"to {person}" if person else "to nobody"
        record(Action.ASSIGN, request=request, conversation=conversation, detail=detail)


def ask_second_reader(request: DeskRequest, conversation: UUID, person: User | None) -> None:
    """Whoever is asked finds it under "second reader: me"; it then also needs a second look."""
    with writing():
        if person:
            _change(conversation, request.user, second_reader=person, state=State.SECOND_LOOK)
        else:
            _change(conversation, request.user, second_reader=None)
        detail = f"second reader {person}" if person else "no second reader"
        record(Action.ASSIGN, request=request, conversation=conversation, detail=detail)


def add_note(request: DeskRequest, conversation: UUID, text: str) -> None:
    with writing():
        Note.objects.create(conversation_id=conversation, text=text, by=request.user, at=timezone.now())
        record(Action.NOTE, request=request, conversation=conversation)


def correct(
    request: DeskRequest, message: Message, verdict: Verdict, level: Level | None, topic: str = "", reason: str = ""
) -> Correction:
    """What the message should have been; `level` None and `topic` empty leave that part as it was."""
    with writing():
        made = Correction.objects.create(
            message=message,
            verdict=verdict,
            level=level,
            topic=topic,
            reason=reason,
            by=request.user,
            at=timezone.now(),
        )
        _first(message.conversation_id)
        record(Action.CORRECT, request=request, conversation=message.conversation_id, detail=_what(message, made))
    return made


def _change(conversation: UUID, by: User, **changes: object) -> None:
    """`changed_at` and `changed_by` are of the state: whoever only assigns has not reviewed."""
    if "state" in changes:
        changes |= {"changed_at": timezone.now(), "changed_by": by}
    Review.objects.get_or_create(conversation_id=conversation)
    Review.objects.filter(conversation_id=conversation).update(**changes)
    if changes.get("state", State.NEW) != State.NEW:
        _first(conversation)


def _first(conversation: UUID) -> None:
    """From here on it counts as looked at: how long that took is one of the figures."""
    Review.objects.get_or_create(conversation_id=conversation)
    Review.objects.filter(conversation_id=conversation, first_at=None).update(first_at=timezone.now())


def _what(message: Message, made: Correction) -> str:
    """Names of ours only: neither the message nor the reason."""
    parts = [f"message {message.pk}: {made.get_verdict_display()}"]
    if made.level is not None:
        was = "nothing" if message.level is None else Level(message.level).label
        parts.append(f"level {was} to {Level(made.level).label}")
    if made.topic:
        parts.append(f"topic {message.topic or 'none'} to {made.topic}")
    return ", ".join(parts)
