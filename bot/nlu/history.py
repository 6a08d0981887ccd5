"""What a Rasa tracker remembers of the turns before a message."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.triage.conversation import FIRST, Conversation, says, turns_of

CRISIS_REPLY = "utter_crisis"
ASKING = {"utter_ask_again", "utter_unsure", "action_suggest_topics"}
"""Replies that ask something themselves: a yes after them is about that."""
STAYS_OPEN = 3
"""Turns for which "are you in danger right now?" waits for its answer while the person asks about something else."""


def conversation_before(tracker: DialogueStateTracker | None, seen: str | None = None) -> Conversation:
    """The turns in the tracker. `seen`: id of the message whose reply the person last saw, where the channel knows it.

    A question counts as asked only when the reply that asked it was seen: one that came too late was never read.
    """
    if tracker is None:
        return FIRST
    turns = turns_of([message.parse_data.get("assessment") or {} for message in user_messages(tracker)])
    return Conversation(turns, "danger_now" if _danger_is_asked(tracker, seen) else "")


def user_messages(tracker: DialogueStateTracker) -> list[UserUttered]:
    """What the person said, oldest first."""
    return [event for event in tracker.applied_events() if isinstance(event, UserUttered)]


def last_parse(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """The parse of the newest message in the tracker; empty for the first."""
    messages = user_messages(tracker) if tracker else []
    return dict(messages[-1].parse_data) if messages else {}


def _danger_is_asked(tracker: DialogueStateTracker, seen: str | None) -> bool:
    """Whether "are you in danger right now?" is still open: asked in one of the last turns, that reply seen, and since
    then neither answered nor followed by another question.
    """
    was_seen = seen is None
    for message, actions in list(reversed(_turns(tracker)))[:STAYS_OPEN]:
        was_seen = was_seen or message.message_id == seen
        if CRISIS_REPLY in actions:
            return was_seen
        if ASKING & set(actions) or _settles(message):
            return False
    return False


def _settles(message: UserUttered) -> bool:
    """A yes, a no or a taking back: whatever it was read as, the question before it is not open any more."""
    text = (message.text or "").lower()
    return any(says(kind, text) for kind in ("yes", "no", "retraction"))


def _turns(tracker: DialogueStateTracker) -> list[tuple[UserUttered, list[str]]]:
    """Each message with the actions that followed it, oldest first."""
    turns: list[tuple[UserUttered, list[str]]] = []
    for event in tracker.applied_events():
        if isinstance(event, UserUttered):
            turns.append((event, []))
        elif turns and isinstance(event, ActionExecuted) and event.action_name:
            turns[-1][1].append(event.action_name)
    return turns


def actions_since_last_message(events: list[Event]) -> list[str]:
    """Names of the actions of the newest turn, in order."""
    names: list[str] = []
    for event in reversed(events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            names.insert(0, event.action_name)
    return names
