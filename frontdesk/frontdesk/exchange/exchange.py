"""Answers one message: whatever happens, there is a reply with the numbers in it, in time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from frontdesk.assistant.answer import Answer, AssistantFailed, Button, Said
from frontdesk.assistant.client import Question, ask
from frontdesk.database import LOCK_WAIT_S
from frontdesk.exchange.turnstile import Place, Turnstile
from frontdesk.failures import log_failure
from frontdesk.redaction.redact import redact
from frontdesk.safety.channels import safety_text
from frontdesk.transcripts import store
from frontdesk.transcripts.levels import Cause, Channel, Kind
from frontdesk.transcripts.models import Message, Reply

log = logging.getLogger(__name__)
turnstile = Turnstile()

# Each message that waits, for its turn or for the assistant, holds a thread of the server; the rest of the threads stay
# free for those who need a page or the numbers at once.
MOST_AT_ONCE = 64
seats = threading.BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class Incoming:
    """A message as a channel received it: `text` is raw here and nowhere after.

    `text` without a word (a picture by SMS) is kept and answered by the front desk itself. `seen` is the client id of
    the last message whose reply the person saw, None where the channel can't tell. `patience_s` is how long after the
    deadline the channel may still wait until other threads let the reply be written down.
    """

    conversation: UUID
    channel: Channel
    client_id: str
    text: str
    seen: str | None = None
    patience_s: float = LOCK_WAIT_S


@dataclass(frozen=True)
class Outcome:
    """What the person gets. `stored` is False, and `message` (our id of it) None, where it has to be sent again."""

    replies: tuple[Said, ...]
    stored: bool
    message: int | None = None


def exchange(incoming: Incoming) -> Outcome:
    """Answers one message within the assistant's deadline and the database's waits. Never raises."""
    deadline = time.monotonic() + settings.CONFIG.assistant_deadline_s
    with turnstile.queue(incoming.conversation) as place:
        try:
            message = _store(incoming, deadline)
        except Exception as error:
            log_failure(log, "a message was not stored", error)
            return Outcome((_safety(incoming.channel, stored=False),), stored=False)
        return Outcome(_answer(message, incoming, place, deadline), stored=True, message=message.pk)


def _store(incoming: Incoming, deadline: float) -> Message:
    received_at = timezone.now()
    text = redact(incoming.text)
    return store.store_message(
        incoming.conversation, incoming.channel, incoming.client_id, text, received_at, _left(deadline - LOCK_WAIT_S)
    )


def _left(moment: float) -> float:
    """Seconds until `moment`, for which a write may wait for other threads; a short wait is always allowed."""
    return max(LOCK_WAIT_S, moment - time.monotonic())


def _answer(message: Message, incoming: Incoming, place: Place, deadline: float) -> tuple[Said, ...]:
    try:
        if message.answered_at is not None:
            return _said(store.replies_to(message))
        if not seats.acquire(blocking=False):
            return _keep(message, incoming, deadline, Cause.BUSY)
        try:
            return _in_turn(message, incoming, place, deadline)
        finally:
            seats.release()
    except Exception as error:
        log_failure(log, "a message was not answered", error)
        return _keep(message, incoming, deadline, Cause.INTERNAL)


def _in_turn(message: Message, incoming: Incoming, place: Place, deadline: float) -> tuple[Said, ...]:
    if not place.wait(deadline):
        return _keep(message, incoming, deadline, Cause.TIMEOUT)
    # A repeat that waited for the first one finds its replies here.
    if kept := store.replies_to(message):
        return _said(kept)
    if not message.text.strip():
        return _keep(message, incoming, deadline, Cause.WORDLESS)
    try:
        answer = ask(question_about(message, incoming.seen), deadline)
    except AssistantFailed as failure:
        return _keep(message, incoming, deadline, failure.cause)
    return _keep(message, incoming, deadline, answer)


def question_about(message: Message, seen: str | None) -> Question:
    """`seen` as in `Incoming`."""
    return Question(
        conversation=str(message.conversation_id),
        channel=message.conversation.channel,
        message=str(message.pk),
        text=message.text,
        seen=store.last_seen(message, seen),
    )


def _keep(message: Message, incoming: Incoming, deadline: float, result: Answer | Cause) -> tuple[Said, ...]:
    """Stores the result; what can't be stored is said all the same."""
    if isinstance(result, Cause):
        log.warning("safety reply to message %s: %s", message.pk, result.label)
    wait_s = _left(deadline + incoming.patience_s)
    try:
        if isinstance(result, Cause):
            text = safety_text(incoming.channel, result)
            return _said(store.store_safety(message, text, result, wait_s))
        return _said(store.store_answer(message, result, wait_s))
    except Exception as error:
        log_failure(log, "a reply was not stored", error)
        return (_safety(incoming.channel, stored=True),) if isinstance(result, Cause) else result.replies


def _said(replies: Sequence[Reply]) -> tuple[Said, ...]:
    return tuple(
        Said(reply.text, Kind(reply.kind), reply.response, tuple(Button(**each) for each in reply.buttons))
        for reply in replies
    )


def _safety(channel: Channel, *, stored: bool) -> Said:
    return Said(safety_text(channel, stored=stored), Kind.SAFETY)
