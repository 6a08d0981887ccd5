"""Conversations are kept where the settings say, and a failure to keep one is noted."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import settings
from bot.stores import tracker_store
from bot.stores.failure import store_failed
from bot.stores.tracker_store import HelplineTrackerStore
from tests.nlu.trackers import LISTEN, said, tracker


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "new" / "tracker.sqlite3"
    values = replace(settings(), tracker_database_url=f"sqlite:///{path}")
    monkeypatch.setattr(tracker_store, "settings", lambda: values)
    return path


def turn(store: FailSafeTrackerStore | HelplineTrackerStore) -> tuple[DialogueStateTracker | None, bool]:
    """What is in the store after one turn is saved, and whether a failure was noted."""

    async def save_and_read() -> tuple[DialogueStateTracker | None, bool]:
        store_failed.set(False)
        await store.save(tracker(LISTEN, said("faq", topic="alcohol")))
        kept = await store.retrieve("somebody")
        return kept, store_failed.get()

    return asyncio.run(save_and_read())


def test_a_turn_is_kept_in_the_database_of_the_settings(database: Path) -> None:
    kept, failed = turn(HelplineTrackerStore(host="ignored", domain=Domain.empty()))
    assert kept is not None
    assert kept.latest_message is not None
    assert kept.latest_message.parse_data["topic"] == "alcohol"
    assert not failed
    with sqlite3.connect(database) as connection:
        assert connection.execute("select count(*) from events").fetchone() == (2,)


def test_a_failure_that_rasa_swallows_is_noted(database: Path) -> None:
    store = HelplineTrackerStore(domain=Domain.empty())
    with sqlite3.connect(database) as connection:
        connection.execute("drop table events")
    _, failed = turn(FailSafeTrackerStore(store))
    assert failed


def test_a_failure_to_read_is_noted(database: Path) -> None:
    store = HelplineTrackerStore(domain=Domain.empty())
    with sqlite3.connect(database) as connection:
        connection.execute("drop table events")

    async def read() -> bool:
        store_failed.set(False)
        await FailSafeTrackerStore(store).retrieve("somebody")
        return store_failed.get()

    assert asyncio.run(read())


def test_what_is_deleted_is_overwritten(database: Path) -> None:
    store = HelplineTrackerStore(domain=Domain.empty())
    with store.session_scope() as session:
        assert session.execute("PRAGMA secure_delete").scalar() == 1
