"""One writer at a time within this process.

SQLite lets those who wait for its lock poll for it, each at its own pace: with 20 people writing at once some waited
longer than the whole time-out, and their messages were not stored (measured). A lock of our own hands the turn straight
to the next thread. PostgreSQL needs none of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from frontdesk.database import LOCK_WAIT_S

_writer = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that writes; committed at the end of the block. Raises django.db.Error, after a wait too."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    if not _writer.acquire(timeout=LOCK_WAIT_S):
        raise OperationalError("other threads kept the database busy for too long")
    try:
        with transaction.atomic():
            yield
    finally:
        _writer.release()
