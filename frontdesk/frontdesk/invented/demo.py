"""Sends the invented conversations through the assistant, as a channel would."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from frontdesk.exchange.exchange import Incoming, exchange
from frontdesk.invented.talks import Talk, talks
from frontdesk.redaction.redact import redact
from frontdesk.transcripts.levels import Kind


@dataclass(frozen=True)
class Played:
    """`failed`: a message that the assistant did not answer, so that it got the safety reply."""

    conversation: UUID
    talk: Talk
    failed: bool


def play() -> Iterator[Played]:
    """All of them, one after the other; each is in the desk's list when it is returned."""
    redact("")  # loads what would otherwise take the first message's deadline
    for talk in talks():
        conversation = uuid.uuid4()
        outcomes = [
            exchange(Incoming(conversation, talk.channel, uuid.uuid4().hex, message)) for message in talk.messages
        ]
        failed = any(reply.kind is Kind.SAFETY for outcome in outcomes for reply in outcome.replies)
        yield Played(conversation, talk, failed)
