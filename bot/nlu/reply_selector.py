"""Fills `intent` and `response_selector`: what Rasa's retrieval actions (utter_faq, utter_crisis, …) look up their
answer by.

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

from bot.nlu.choice import CHITCHAT, DECLINE, FAQ, UNSURE, Choice, Ranking, choose, nearest_topics, picked, titles
from bot.nlu.history import last_parse, user_messages
from bot.nlu.message_reader import READING
from bot.nlu.topic_classifier import TOPICS
from bot.nlu.triage_classifier import ASSESSMENT
from bot.triage import spanish
from bot.triage.examples import DISCLOSURE
from bot.triage.levels import Level
from bot.triage.needs import all_needs

OFFERED = "offered"
"""Topics offered in this turn, in order; the next message may pick one by its number."""
SUGGESTIONS = "suggestions"
"""The same as titles and questions, for action_suggest_topics."""
RETRIEVAL = (FAQ, CHITCHAT, *all_needs())
"""Intents whose answer is looked up: two of questions, four of levels."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ReplySelector(GraphComponent):
    """Sets intent, intent_ranking, response_selector, topic, offered and suggestions."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReplySelector:
        """Rasa's constructor."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Choose for each message."""
        before = last_parse(tracker)
        for message in messages:
            choice, offered = _choice(message, tracker, before), []
            if choice.intent == UNSURE:
                offered = nearest_topics(message.get(TOPICS))
            elif topic := asked_along(before):
                offered = [topic]
            message.set(INTENT, {"name": choice.intent, "confidence": choice.confidence}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, _intent_ranking(choice, message.get(TOPICS)), add_to_output=True)
            message.set(
                RESPONSE_SELECTOR, _selections(choice, message.get(ASSESSMENT), message.get(TOPICS)), add_to_output=True
            )
            message.set("topic", choice.topic, add_to_output=True)
            message.set(OFFERED, offered, add_to_output=True)
            message.set(SUGGESTIONS, [titles()[topic] for topic in offered], add_to_output=True)
        return messages


def _choice(message: Message, tracker: DialogueStateTracker | None, before: dict[str, Any]) -> Choice:
    text, assessment, ranking = message.get(READING).text.text, message.get(ASSESSMENT), message.get(TOPICS)
    level = Level(assessment["level"])
    if level is Level.NONE and (topic := picked(text, before.get(OFFERED) or [])):
        return Choice(FAQ, 1.0, topic)
    if "treatment_seeking" in assessment.get("signals", ()):  # who asks for help to stop is never declined
        ranking = [(label, confidence) for label, confidence in ranking if label != DECLINE]
    return choose(level, ranking, previous_topic(tracker), spanish.is_spanish(text))


def asked_along(before: dict[str, Any]) -> str:
    """The topic asked in the message before, when that one told of danger and was answered by help alone; else ""."""
    selected = before.get(RESPONSE_SELECTOR) or {}
    if FAQ not in selected or not any(level.value in selected for level in Level if level.is_danger):
        return ""
    return str(selected[FAQ]["response"]["intent_response_key"]).removeprefix(f"{FAQ}/")


def previous_topic(tracker: DialogueStateTracker | None) -> str | None:
    """The question answered last, however many turns ago: a topic, or `not_in_article`, after which "how come?" is not
    in it either.
    """
    topics = [parse.parse_data.get("topic") for parse in reversed(user_messages(tracker))] if tracker else []
    return next((str(topic) for topic in topics if topic in titles() or topic == "not_in_article"), None)


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
