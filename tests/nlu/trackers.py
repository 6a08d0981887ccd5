"""Trackers as the assistant leaves them, written by hand."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


def said(intent: str = "faq", message_id: str = "m1", text: str = "words", **parse: Any) -> UserUttered:
    """A message with its parse: assessment, topic, response_selector, offered …"""
    data = {"intent": {"name": intent}, "text": text, **parse}
    return UserUttered(text, intent={"name": intent}, parse_data=data, message_id=message_id)


def did(*actions: str) -> list[Event]:
    return [ActionExecuted(action) for action in actions]


def spoke(action: str, text: str = "text") -> list[Event]:
    return [ActionExecuted(action), BotUttered(text, metadata={"utter_action": action})]


def tracker(*events: Event | list[Event]) -> DialogueStateTracker:
    flat = [one for event in events for one in (event if isinstance(event, list) else [event])]
    return DialogueStateTracker.from_events("somebody", flat)


def selected(*keys: str) -> dict[str, Any]:
    """`response_selector` for answers like "crisis/abuse", "faq/alcohol"."""
    return {key.split("/")[0]: {"response": {"intent_response_key": key}} for key in keys}


LISTEN = did("action_listen")
