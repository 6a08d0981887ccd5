"""Which conversations hold these words."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from frontdesk.search import postgresql, sqlite
from frontdesk.search.words import terms
from frontdesk.transcripts.models import Message

# Only the newest messages that match are looked at: whoever searches for a word that half of all messages hold is
# answered as fast as everybody else.
MOST_MATCHES = 2000


@dataclass(frozen=True)
class Found:
    """The conversations, and whether more messages match than are looked at: older ones may be missing."""

    conversations: frozenset[UUID] = frozenset()
    crowded: bool = False


def find(text: str) -> Found:
    """The conversations in which one message holds all of these words.

    Words of four letters or more are matched by their beginnings, all without regard to case and accents; words in
    quotes as they stand side by side. A text without a word matches nothing. Only the newest MOST_MATCHES messages are
    found.
    """
    wanted = terms(text)
    if not wanted:
        return Found()
    newest = RawSQL(*_database().found(wanted, MOST_MATCHES + 1))  # noqa: S611 (constants with parameters)
    matches = Message.objects.order_by("-pk").filter(pk__in=newest).values_list("conversation_id", flat=True)
    conversations = list(matches)
    return Found(frozenset(conversations[:MOST_MATCHES]), len(conversations) > MOST_MATCHES)


def prepare() -> None:
    """Makes what the search needs in the database, where it is missing."""
    _database().prepare()


def forget() -> None:
    """Makes the index lose the words of messages that were deleted or emptied; they then stand in no file of it."""
    _database().forget()


def _database() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql
