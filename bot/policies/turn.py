"""What a turn owes the person beyond the rules' answer, worked out from the tracker alone."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.history import actions_since_last_message, user_messages
from bot.nlu.reply_selector import asked_along

DANGER = ("emergency", "crisis")
HAND_OFF = ("addiction", "distress")
ANSWERED_BESIDE = ("faq", "not_in_article", "decline")
SPANISH = "spanish"
"""One fixed reply to all of it, whatever the level: 911, 988 in Spanish and the helpline. Nothing in English follows.
"""
SUGGEST = "action_suggest_topics"
UNSURE = "utter_unsure"
DISCLOSURE = "utter_disclosure"
AFTER_CRISIS = "utter_after_crisis"
ASK_AGAIN = "utter_ask_again"
OWN_STEPS = {UNSURE, AFTER_CRISIS, ASK_AGAIN, DISCLOSURE}


def next_action(tracker: DialogueStateTracker) -> str | None:
    """The next action of this turn, or None when it is the rules' to say (or there is no message to answer)."""
    messages = user_messages(tracker)
    if not messages:
        return None
    parse = messages[-1].parse_data
    done = actions_since_last_message(list(tracker.applied_events()))
    helping = _help(parse, str(messages[-1].intent.get("name")))
    if not helping and not _answered(done):
        return None
    alone = bool(helping) and helping[0].removeprefix("utter_") in (*DANGER, SPANISH)
    owed = helping + ([] if alone else _still_owed(tracker, done))
    if helping and tracker.active_loop_name:
        owed.append(ACTION_DEACTIVATE_LOOP_NAME)
    left = [step for step in owed if step not in done]
    if left:
        return left[0]
    return ACTION_LISTEN_NAME if helping or OWN_STEPS & set(done) else None


def _help(parse: Any, intent: str) -> list[str]:
    """The reply of the message's level and, below danger, the answer to the question asked along with it."""
    if intent == SPANISH:
        return [f"utter_{SPANISH}"]
    selected = parse.get("response_selector") or {}
    level = next((level for level in (*DANGER, *HAND_OFF) if level in selected or intent == level), None)
    if level is None:
        return []
    beside = [f"utter_{intent}"] if level in HAND_OFF and intent in ANSWERED_BESIDE else []
    return [f"utter_{level}", *beside]


def _answered(done: list[str]) -> bool:
    return any(name.startswith("utter_") or name == SUGGEST for name in done)


def _still_owed(tracker: DialogueStateTracker, done: list[str]) -> list[str]:
    """What follows the answer: plain words when the suggestions failed, 988 once after a danger, what was asked along
    with it, and who speaks.
    """
    events = list(tracker.applied_events())
    owed = []
    if SUGGEST in done and not _spoke_since(events, SUGGEST):
        owed.append(UNSURE)
    if _danger_unfollowed(events):
        owed.append(AFTER_CRISIS)
    if _asked_along(tracker) and "utter_faq" not in done:
        owed.append(ASK_AGAIN)
    if not _ever(events, DISCLOSURE):
        owed.append(DISCLOSURE)
    return owed


def _names(events: list[Event]) -> list[str]:
    return [event.action_name or "" for event in events if isinstance(event, ActionExecuted)]


def _ever(events: list[Event], action: str) -> bool:
    return action in _names(events)


def _spoke_since(events: list[Event], action: str) -> bool:
    """Whether the assistant said something when, or after, it took this action last."""
    for event in reversed(events):
        if isinstance(event, BotUttered):
            return True
        if isinstance(event, ActionExecuted) and event.action_name == action:
            return False
    return False


def _danger_unfollowed(events: list[Event]) -> bool:
    """A crisis or emergency was answered and the line with 988 has not followed it yet."""
    names = [name for name in _names(events) if name in (AFTER_CRISIS, *(f"utter_{level}" for level in DANGER))]
    return bool(names) and names[-1] != AFTER_CRISIS


def _asked_along(tracker: DialogueStateTracker) -> bool:
    """The message before told of danger and asked a question that was not answered then."""
    messages = user_messages(tracker)
    return len(messages) > 1 and bool(asked_along(dict(messages[-2].parse_data)))
