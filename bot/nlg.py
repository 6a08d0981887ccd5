"""What is said: the domain's responses, with the settings filled in and never the same variant twice in a row.

Rasa draws a variant at random; here it is the first that was not used last, so that a replay repeats (endpoints.yml
names this class).
"""

from __future__ import annotations

import copy
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

import bot.deadline  # noqa: F401  (every process that speaks also waits for the action server)
from bot.nlu.history import last_parse
from bot.settings import Settings, settings


class ResponseGenerator(TemplatedNaturalLanguageGenerator):
    """Fills {helpline_name}, {helpline_number}, {retention_days} and {question}."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """As Rasa calls it; an agent that loads its model later sets `responses` itself."""
        super().__init__(domain.responses if domain else {})
        self._facts = facts(settings())

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response for this channel, or None when the domain has none."""
        if utter_action not in self.responses:
            return None
        slots = tracker.current_slot_values()
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        if not suitable:
            return None
        values = {**self._facts, "question": question_offered(tracker)}
        filled = [self._fill_response(copy.deepcopy(response), slots, **values, **kwargs) for response in suitable]
        said = _last_said(tracker, utter_action)
        chosen: dict[str, Any] = next((response for response in filled if response.get("text") != said), filled[0])
        return chosen


def facts(values: Settings) -> dict[str, str]:
    """What a response may name."""
    return {
        "helpline_name": values.helpline_name,
        "helpline_number": values.helpline_number,
        "retention_days": str(values.retention_days),
    }


def question_offered(tracker: DialogueStateTracker) -> str:
    """The first question this turn offers to answer; "" when it offers none."""
    suggestions = last_parse(tracker).get("suggestions") or []
    return str(suggestions[0]["question"]) if suggestions else ""


def _last_said(tracker: DialogueStateTracker, utter_action: str) -> str | None:
    for event in reversed(tracker.applied_events()):
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action:
            return str(event.text)
    return None
