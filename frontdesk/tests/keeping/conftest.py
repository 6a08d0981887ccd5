"""A tracker store as the assistant's Rasa makes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Configure

# The columns of rasa.core.tracker_store.SQLTrackerStore.SQLEvent.
EVENTS = """CREATE TABLE events (
    id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255) NOT NULL,
    timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"""


class Tracker:
    """What the assistant keeps."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with closing(self._connect()) as connection, connection:
            connection.execute(EVENTS)

    def add(self, conversation: object, text: str = "hello", at: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        with closing(self._connect()) as connection, connection:
            row = (str(conversation), at.timestamp(), f'{{"event": "user", "text": "{text}"}}')
            insert = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'user', ?, ?)"
            connection.execute(insert, row)

    def senders(self) -> list[str]:
        with closing(self._connect()) as connection:
            return [row[0] for row in connection.execute("SELECT sender_id FROM events ORDER BY id")]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file)
        connection.execute("PRAGMA secure_delete=ON")  # as bot/stores/tracker_store.py does
        return connection


@pytest.fixture
def tracker(tmp_path: Path, configure: Configure) -> Tracker:
    file = tmp_path / "tracker.sqlite3"
    configure(tracker_database_url=f"sqlite:///{file}")
    return Tracker(file)
