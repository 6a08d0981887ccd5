"""Conversations in SQL, as Rasa does it, at TRACKER_DATABASE_URL; a failure is noted (bot.stores.failure)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event

from bot.settings import settings
from bot.stores.cut_short import end_turn
from bot.stores.failure import store_failed


class HelplineTrackerStore(SQLTrackerStore):
    """Named in endpoints.yml. Rasa gives it host, domain and event_broker; the address comes from the settings."""

    def __init__(
        self, host: Any = None, domain: Domain | None = None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        url = settings().tracker_database_url
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, host=url, event_broker=event_broker)
        if url.startswith("sqlite:"):
            event.listen(self.engine, "connect", _overwrite_what_is_deleted)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """As Rasa's, and ready for the next message; notes a failure before it is swallowed."""
        try:
            tracker: DialogueStateTracker | None = await super().retrieve(sender_id)
        except Exception:
            store_failed.set(True)
            raise
        if tracker:
            end_turn(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """As Rasa's; notes a failure before it is swallowed."""
        try:
            await super().save(tracker)
        except Exception:
            store_failed.set(True)
            raise


def _overwrite_what_is_deleted(connection: Any, _: Any) -> None:
    """SQLite would leave copies of a row in the file when it moves the row; the front desk erases a row for good."""
    connection.execute("PRAGMA secure_delete=ON")
