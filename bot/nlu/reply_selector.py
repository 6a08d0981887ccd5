"""Fills `intent` and `response_selector`: what Rasa's retrieval actions (utter_faq, utter_crisis, …) look up their answer by.

Rasa's own ResponseSelector trains a network for this; here the answer follows from the topic and the assessment.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, RESPONSE_SELECTOR
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.choice import CHITCHAT, FAQ, Choice, Ranking, choose, nearest_topics, titles
from bot.nlu.history import user_messages
from bot.nlu.labels import DISCLOSURE
from bot.nlu.message_reader import READING
from bot.nlu.topic_classifier import TOPICS
from bot.nlu.triage_classifier import ASSESSMENT
from bot.triage import spanish
from bot.triage.levels import Level
from bot.triage.needs import all_needs

RETRIEVAL = (FAQ, CHITCHAT, *all_needs())
"""Intents whose answer is looked up: two of questions, four of levels."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ReplySelector(GraphComponent):
    """Sets intent, intent_ranking, response_selector, topic and suggestions."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ReplySelector:
        """Rasa's constructor."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Choose for each message."""
        for message in messages:
            assessment, ranking = message.get(ASSESSMENT), message.get(TOPICS)
            level = Level(assessment["level"])
            is_spanish = spanish.is_spanish(message.get(READING).text.text)
            choice = choose(level, ranking, previous_topic(tracker), is_spanish)
            message.set(INTENT, {"name": choice.intent, "confidence": choice.confidence}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, _intent_ranking(choice, ranking), add_to_output=True)
            message.set(RESPONSE_SELECTOR, _selections(choice, assessment, ranking), add_to_output=True)
            message.set("topic", choice.topic, add_to_output=True)
            message.set("suggestions", [titles()[topic] for topic in nearest_topics(ranking)], add_to_output=True)
        return messages


def previous_topic(tracker: DialogueStateTracker | None) -> str | None:
    """The topic answered last, however many turns ago."""
    topics = [parse.parse_data.get("topic") for parse in reversed(user_messages(tracker))] if tracker else []
    return next((str(topic) for topic in topics if topic in titles()), None)


def _intent_ranking(choice: Choice, ranking: Ranking) -> list[dict[str, Any]]:
    best: dict[str, float] = {choice.intent: choice.confidence}
    for label, confidence in ranking:
        intent = label.split("/")[0]
        if intent != DISCLOSURE:
            best.setdefault(intent, confidence)
    return [{"name": name, "confidence": confidence} for name, confidence in best.items()]


def _selections(choice: Choice, assessment: dict[str, Any], ranking: Ranking) -> dict[str, Any]:
    """Per retrieval intent that is answered this turn: the response's key, in the form ActionRetrieveResponse reads."""
    chosen: dict[str, Any] = {"all_retrieval_intents": list(RETRIEVAL)}
    if assessment["need"] and choice.intent != "spanish":
        chosen[assessment["level"]] = _selection(assessment["level"], assessment["need"], 1.0, ranking)
    if choice.intent in (FAQ, CHITCHAT):
        chosen[choice.intent] = _selection(choice.intent, choice.detail, choice.confidence, ranking)
    if choice.asked_along:
        chosen[FAQ] = _selection(FAQ, choice.asked_along, choice.confidence, ranking)
    return chosen


def _selection(intent: str, detail: str, confidence: float, ranking: Ranking) -> dict[str, Any]:
    key = f"{intent}/{detail}"
    ranked = [{"intent_response_key": label, "confidence": p} for label, p in ranking if label.startswith(f"{intent}/")]
    return {
        "response": {"intent_response_key": key, "utter_action": f"utter_{key}", "confidence": confidence},
        "ranking": ranked or [{"intent_response_key": key, "confidence": confidence}],
    }
