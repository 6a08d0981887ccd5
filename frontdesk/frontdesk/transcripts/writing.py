"""One writer at a time within this process.

SQLite lets those who wait for its lock poll for it, each at its own pace: with 20 people writing at once some waited
longer than the whole time-out, and their messages were not stored (measured). A line of our own hands the turn straight
to the next thread. PostgreSQL needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from frontdesk.database import LOCK_WAIT_S
from frontdesk.transcripts.line import Line

_writers = Line()


@contextmanager
def writing(wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
    """A transaction that writes, committed at the end of the block; never one within another.

    Raises django.db.Error; where this process's other threads keep it waiting, after `wait_s`.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    if not _writers.take(wait_s):
        raise OperationalError("other threads kept the database busy for too long")
    try:
        with transaction.atomic():
            yield
    finally:
        _writers.leave()
