"""Where a conversation stands in the list, so that a page begins where the one before it ended.

The list moves while somebody reads it: a page by number would skip some and show others twice, and the thousandth page
would cost a thousand pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateTimeField,
    F,
    Func,
    QuerySet,
    SmallIntegerField,
    TextField,
    UUIDField,
    Value,
)

from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The keys of each order, all descending; an index of the table holds exactly these.
ORDERS: dict[str, tuple[str, ...]] = {
    "urgent": ("unread", "level", "last_message_at", "id"),
    "latest": ("last_message_at", "id"),
}


class _Row(Func):
    function = ""
    output_field = TextField()


class _Less(Func):
    template = "%(expressions)s"
    arg_joiner = " < "
    output_field = BooleanField()


@dataclass(frozen=True)
class Position:
    """The keys of one conversation as they were when the list was shown."""

    unread: bool
    level: int
    last_message_at: datetime
    id: UUID

    @classmethod
    def of(cls, conversation: Conversation) -> Position:
        return cls(conversation.unread, conversation.level, conversation.last_message_at, conversation.id)

    @classmethod
    def read(cls, token: str) -> Position | None:
        """The position that `str` made this token of; None for anything else."""
        try:
            unread, level, microseconds, identity = token.split(".")
            at = EPOCH + timedelta(microseconds=int(microseconds))
            return cls(unread == "1", Level(int(level)), at, UUID(identity))
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        microseconds = (self.last_message_at - EPOCH) // timedelta(microseconds=1)
        return f"{int(self.unread)}.{self.level}.{microseconds}.{self.id.hex}"

    def _row(self, order: str) -> _Row:
        values = {
            "unread": Value(self.unread, BooleanField()),
            "level": Value(self.level, SmallIntegerField()),
            "last_message_at": Value(self.last_message_at, DateTimeField()),
            "id": Value(self.id, UUIDField()),
        }
        return _Row(*(values[key] for key in ORDERS[order]))


def ordered(found: QuerySet[Conversation], order: str) -> QuerySet[Conversation]:
    return found.order_by(*(f"-{key}" for key in ORDERS[order]))


def following(found: QuerySet[Conversation], order: str, position: Position) -> QuerySet[Conversation]:
    """Those below the position, nearest first."""
    keys = _Row(*(F(key) for key in ORDERS[order]))
    return ordered(found.filter(_Less(keys, position._row(order))), order)


def preceding(found: QuerySet[Conversation], order: str, position: Position) -> QuerySet[Conversation]:
    """Those above the position, nearest first."""
    keys = _Row(*(F(key) for key in ORDERS[order]))
    return found.filter(_Less(position._row(order), keys)).order_by(*ORDERS[order])
