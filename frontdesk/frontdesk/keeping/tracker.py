"""The assistant's tracker store, which holds each message once more: Rasa's table `events` at TRACKER_DATABASE_URL.

The assistant has no way of forgetting a conversation, so its database is written to here. Every function raises
TrackerFailed when that is not possible, and does nothing where the assistant has made no table yet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import psycopg
from django.conf import settings

# The assistant writes for a moment at a time; Rasa's own writes wait 5 s for this one.
WAIT_S = 5.0
AT_ONCE = 200


class TrackerFailed(Exception):  # noqa: N818 (an outcome that is planned for)
    """The tracker store can't be reached or written to."""


class Cursor(Protocol):
    """What SQLite's and PostgreSQL's cursors have in common here."""

    rowcount: int

    def execute(self, query: str, parameters: Any = ...) -> Any: ...  # noqa: ANN401

    def fetchall(self) -> list[tuple[Any, ...]]: ...


def forget(conversations: Iterable[str]) -> int:
    """Deletes all events of these conversations; returns how many."""
    ids = list(conversations)
    with _events() as (cursor, mark):
        return sum(_delete(cursor, mark, ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE))


def forget_before(moment: datetime) -> int:
    """Deletes all events older than `moment`; returns how many."""
    with _events() as (cursor, mark):
        cursor.execute(f"DELETE FROM events WHERE timestamp < {mark}", (moment.timestamp(),))  # noqa: S608
        return cursor.rowcount


def forget_unless(kept: Callable[[list[str]], set[str]]) -> int:
    """Deletes the events of every conversation that `kept` does not return, asked with some ids at a time."""
    with _events() as (cursor, mark):
        cursor.execute("SELECT DISTINCT sender_id FROM events")
        ids = [str(sender) for (sender,) in cursor.fetchall()]
        deleted = 0
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            if gone := sorted(set(some) - kept(some)):
                deleted += _delete(cursor, mark, gone)
        return deleted


def _delete(cursor: Cursor, mark: str, ids: list[str]) -> int:
    marks = ", ".join([mark] * len(ids))
    cursor.execute(f"DELETE FROM events WHERE sender_id IN ({marks})", ids)  # noqa: S608
    return cursor.rowcount


class _NoEvents:
    """Stands in where there is no table: everything is deleted already."""

    rowcount = 0

    def execute(self, query: str, parameters: Any = None) -> None:  # noqa: ANN401
        pass

    def fetchall(self) -> list[tuple[Any, ...]]:
        return []


@contextmanager
def _events() -> Iterator[tuple[Cursor, str]]:
    """A cursor in one transaction, and the sign that stands for a parameter."""
    url = settings.CONFIG.tracker_database_url
    try:
        with _sqlite(url) if url.startswith("sqlite:") else _postgresql(url) as found:
            yield found
    except (sqlite3.Error, psycopg.Error, OSError) as error:
        raise TrackerFailed(type(error).__name__) from error


@contextmanager
def _sqlite(url: str) -> Iterator[tuple[Cursor, str]]:
    file = Path(settings.CONFIG.root, unquote(urlsplit(url).path.removeprefix("/")))
    if not file.exists():
        yield _NoEvents(), "?"
        return
    with closing(sqlite3.connect(file, timeout=WAIT_S)) as connection:
        connection.execute("PRAGMA secure_delete=ON")  # deleted words are overwritten, not only unlinked
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone()
        cursor: Any = connection.cursor() if there else _NoEvents()
        with connection:
            yield cursor, "?"
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing to do unless somebody chose WAL


@contextmanager
def _postgresql(url: str) -> Iterator[tuple[Cursor, str]]:
    with psycopg.connect(url, connect_timeout=int(WAIT_S)) as connection, connection.cursor() as cursor:
        there = cursor.execute("SELECT to_regclass('events')").fetchone()
        found: Any = cursor if there and there[0] else _NoEvents()
        yield found, "%s"
