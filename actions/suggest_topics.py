"""When the assistant is unsure: say so and offer the nearest topics as buttons."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionSuggestTopics(Action):
    """Says utter_unsure with two or three buttons; when this fails or hangs, the policy says it without them."""

    def name(self) -> str:
        """As domain.yml calls it."""
        return "action_suggest_topics"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """The suggestions were worked out while reading the message and stand in its parse."""
        suggestions = tracker.latest_message.get("suggestions") or []
        buttons = [{"title": topic["title"], "payload": topic["question"]} for topic in suggestions]
        dispatcher.utter_message(response="utter_unsure", buttons=buttons)
        return []
