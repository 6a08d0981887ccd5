"""Makes each message ready for the components behind it: normalised text and its vector."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import Encoder, load_encoder
from bot.paths import WEIGHTS
from bot.triage.reader import read, read_wholes

READING = "reading"
"""Key of a message's `bot.triage.reader.Reading`; it stays inside the pipeline."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MessageReader(GraphComponent):
    """Sets `reading` on every message."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageReader:
        """Rasa's constructor. Raises EncoderError when the weights are not there."""
        return cls(load_encoder(WEIGHTS, config.get("threads", 1)))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Whole messages only: the heads learn from those."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        readings = read_wholes([message.get(TEXT) for message in messages], self._encoder)
        for message, reading in zip(messages, readings, strict=True):
            message.set(READING, reading)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The whole, and windows of a long one; a message without text gets the reading of nothing."""
        for message in messages:
            message.set(READING, read(message.get(TEXT) or "", self._encoder))
        return messages
