"""Which conversations hold these words."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from frontdesk.search import postgresql, sqlite
from frontdesk.search.words import terms
from frontdesk.transcripts.models import Message

# Only the newest messages that match are looked at: whoever searches for a word that half of all messages hold is
# answered as fast as everybody else.
MOST_MATCHES = 2000


def matching(text: str) -> QuerySet[Message, Any]:
    """Ids of the conversations in which one message holds all of these words, for use as `id__in=matching(text)`.

    Words of four letters or more are matched by their beginnings, all without regard to case and accents; words in
    quotes as they stand side by side. A text without a word matches nothing. Only the newest MOST_MATCHES messages are
    found.
    """
    wanted = terms(text)
    if not wanted:
        return Message.objects.none().values("conversation_id")
    newest = RawSQL(*_database().found(wanted, MOST_MATCHES))  # noqa: S611 (constants with parameters)
    return Message.objects.order_by().filter(pk__in=newest).values("conversation_id")


def crowded(text: str) -> bool:
    """Whether more messages match than `matching` looks at: older ones may be missing."""
    wanted = terms(text)
    if not wanted:
        return False
    statement, values = _database().found(wanted, MOST_MATCHES + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement}) AS newest", values)  # noqa: S608 (a constant)
        return int(cursor.fetchone()[0]) > MOST_MATCHES


def prepare() -> None:
    """Makes what the search needs in the database, where it is missing."""
    _database().prepare()


def forget() -> None:
    """Makes the index lose the words of messages that were deleted or emptied; they then stand in no file of it."""
    _database().forget()


def _database() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql
