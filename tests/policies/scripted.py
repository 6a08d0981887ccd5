"""Stands in for reading and triage: the message itself says what it is read as ("crisis/abuse faq/alcohol")."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.message_reader import READING
from bot.nlu.topic_classifier import TOPICS
from bot.nlu.triage_classifier import ASSESSMENT
from bot.triage.normalise import normalise
from bot.triage.reader import Reading


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Scripted(GraphComponent):
    """Sets what our components before the ReplySelector set; that one is the real one."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Scripted:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            assessed, _, label = str(message.get("text")).partition(" ")
            level, _, need = assessed.partition("/")
            message.set(READING, Reading(normalise("scripted"), np.zeros((1, 384), dtype=np.float32)))
            message.set(TOPICS, [(label, 0.9), ("faq/detox", 0.05)])
            message.set(ASSESSMENT, {"level": level, "need": need}, add_to_output=True)
        return messages
