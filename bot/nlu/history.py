"""What a Rasa tracker remembers of the turns before a message."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.triage.conversation import FIRST, Conversation, turns_of

CRISIS_REPLY = "utter_crisis"


def conversation_before(tracker: DialogueStateTracker | None, seen: str | None = None) -> Conversation:
    """The turns in the tracker. `seen`: id of the message whose reply the person last saw, where the channel knows it.

    A question counts as asked only when the reply that asked it was seen: one that came too late was never read.
    """
    if tracker is None:
        return FIRST
    messages = user_messages(tracker)
    turns = turns_of([message.parse_data.get("assessment") or {} for message in messages])
    asked = "danger_now" if messages and _was_seen(messages[-1], seen) and _replied(tracker, CRISIS_REPLY) else ""
    return Conversation(turns, asked)


def user_messages(tracker: DialogueStateTracker) -> list[UserUttered]:
    """What the person said, oldest first."""
    return [event for event in tracker.applied_events() if isinstance(event, UserUttered)]


def last_parse(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """The parse of the newest message in the tracker; empty for the first."""
    messages = user_messages(tracker) if tracker else []
    return dict(messages[-1].parse_data) if messages else {}


def _was_seen(message: UserUttered, seen: str | None) -> bool:
    return seen is None or message.message_id == seen


def _replied(tracker: DialogueStateTracker, action: str) -> bool:
    return action in actions_since_last_message(list(tracker.applied_events()))


def actions_since_last_message(events: list[Event]) -> list[str]:
    """Names of the actions of the newest turn, in order."""
    names: list[str] = []
    for event in reversed(events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            names.insert(0, event.action_name)
    return names
