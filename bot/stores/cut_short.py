"""A turn that was cut short: the process died, or Rasa gave up after too many actions, before it listened again."""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


def end_turn(tracker: DialogueStateTracker) -> None:
    """Let a conversation that is taken up again listen.

    Rules begin at `action_listen`, so without it the next message gets what was left to say to the one before. And Rasa
    counts actions since the last one: from ten on (MAX_NUMBER_OF_PREDICTIONS) it takes none, and no message is answered
    ever again, whatever it says.
    """
    steps = [event for event in tracker.events if isinstance(event, (ActionExecuted, UserUttered))]
    if steps and getattr(steps[-1], "action_name", None) != ACTION_LISTEN_NAME:
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
