"""How urgent a message is: `bot.triage` inside Rasa's pipeline. The assessment becomes part of the parse and stays in
the tracker.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder.taught import new_to
from bot.nlu.examples import example_of
from bot.nlu.history import conversation_before
from bot.nlu.message_reader import READING
from bot.paths import WEIGHTS
from bot.processor import check_arithmetic
from bot.triage.learned import Heads, learn
from bot.triage.reader import assess
from bot.triage.threads import one_thread

ASSESSMENT = "assessment"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TriageClassifier(GraphComponent):
    """Sets `assessment`: `Assessment.as_json`, plain JSON types."""

    def __init__(self, storage: ModelStorage, resource: Resource, heads: Heads | None = None) -> None:
        self._storage, self._resource, self._heads = storage, resource, heads

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TriageClassifier:
        """Rasa's constructor for training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> TriageClassifier:
        """Rasa's constructor for a trained model. Raises ArithmeticFault where numpy can't be trusted."""
        check_arithmetic()
        one_thread()
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Heads.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every tagged example; thresholds come from the part kept for calibration. Raises ArithmeticFault
        where numpy can't be trusted.
        """
        check_arithmetic()
        messages = [message for message in training_data.intent_examples if message.get(READING)]
        vectors = np.stack([message.get(READING).whole for message in messages])
        examples = [example_of(message) for message in messages]
        self._heads = learn(vectors, examples, new_to(WEIGHTS, [example.text for example in examples]))
        with self._storage.write_to(self._resource) as folder:
            self._heads.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this learns from its guesses."""
        return training_data

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Assess each message with the conversation before it."""
        if self._heads is None:
            raise RuntimeError("not trained")
        for message in messages:
            seen = (message.get("metadata") or {}).get("seen")
            assessment = assess(message.get(READING), self._heads, conversation_before(tracker, seen))
            message.set(ASSESSMENT, assessment.as_json(), add_to_output=True)
        return messages
