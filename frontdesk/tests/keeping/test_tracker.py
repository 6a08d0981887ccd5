"""The assistant's memory of a conversation can be taken from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.keeping import tracker as store
from tests.conftest import Configure
from tests.keeping.conftest import Tracker


def test_only_these_conversations_are_forgotten(tracker: Tracker) -> None:
    for sender in ("a", "b", "a", "c"):
        tracker.add(sender)
    assert store.forget(["a", "c", "nobody"]) == 3
    assert tracker.senders() == ["b"]


def test_more_conversations_than_a_statement_takes(tracker: Tracker) -> None:
    senders = [f"s{number}" for number in range(2 * store.AT_ONCE + 1)]
    for sender in senders[:3]:
        tracker.add(sender)
    assert store.forget(senders) == 3


def test_older_events_are_forgotten(tracker: Tracker) -> None:
    tracker.add("a", at=datetime(2026, 1, 1, tzinfo=UTC))
    tracker.add("a", at=datetime(2026, 1, 3, tzinfo=UTC))
    assert store.forget_before(datetime(2026, 1, 2, tzinfo=UTC)) == 1
    assert tracker.senders() == ["a"]


def test_what_nobody_keeps_is_forgotten(tracker: Tracker) -> None:
    for sender in ("a", "b", "c"):
        tracker.add(sender)
    assert store.forget_unless(lambda ids: {"b"} & set(ids)) == 2
    assert tracker.senders() == ["b"]


def test_without_a_store_there_is_nothing_to_forget(tmp_path: Path, configure: Configure) -> None:
    configure(tracker_database_url=f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert store.forget(["a"]) == 0
    assert not (tmp_path / "none.sqlite3").exists()


def test_without_a_table_there_is_nothing_to_forget(tmp_path: Path, configure: Configure) -> None:
    (tmp_path / "empty.sqlite3").touch()
    configure(tracker_database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert store.forget_unless(lambda ids: set()) == 0


def test_a_locked_store_is_a_named_failure(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker.add("a")
    monkeypatch.setattr(store, "WAIT_S", 0.05)
    with closing(sqlite3.connect(tracker.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(store.TrackerFailed):
            store.forget(["a"])


def test_a_server_that_is_away_is_a_named_failure(configure: Configure) -> None:
    configure(tracker_database_url="postgresql://nobody:wrong@127.0.0.1:1/none")
    with pytest.raises(store.TrackerFailed):
        store.forget(["a"])
