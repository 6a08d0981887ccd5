"""Makes what was deleted leave the database's files too."""

from __future__ import annotations

import time

from django.db import connection

from frontdesk.search import search

TRIES = 10
PAUSE_S = 0.2


class FilesBusy(Exception):  # noqa: N818 (an outcome that is planned for)
    """Somebody read all the time: the write-ahead log still holds the words."""


def forget() -> None:
    """Drops deleted words from the search index and the write-ahead log. Never within a transaction.

    SQLite overwrites what is deleted (secure_delete, frontdesk/database.py), and the write-ahead log is cut to nothing
    here. PostgreSQL gives the room of deleted rows free for others to overwrite; its own log, replicas and backups are
    the operator's. Raises FilesBusy or django.db.Error.
    """
    search.forget()
    if connection.vendor == "sqlite":
        _cut_log()
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM transcripts_reply")


def _cut_log() -> None:
    for _ in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not cursor.fetchone()[0]:
                return
        time.sleep(PAUSE_S)
    raise FilesBusy
