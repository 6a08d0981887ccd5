"""Which question a message asks: logistic regression on the encoder's vectors (docs/decisions/ says what it was
compared with). Stands behind the triage in the pipeline, whose level it asks for.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import load_encoder
from bot.nlu.choice import OFFERED
from bot.nlu.examples import example_of
from bot.nlu.message_reader import READING
from bot.nlu.triage_classifier import ASSESSMENT
from bot.paths import WEIGHTS
from bot.triage.levels import Level
from bot.triage.linear import Floats, Linear, train_exclusive
from bot.triage.reader import Reading

TOPICS = "topic_ranking"
"""Key of a message's [(label, confidence), …], likeliest first."""
KEPT = 10
"""Labels; beyond them as many topics as are offered when it is unsure, however unlikely."""
STRENGTH, BALANCE = 3.0, 0.5
"""Of the layer (`bot.triage.linear`), chosen on the calibration part. With rare labels weighed in full, `decline` took
what it had never seen.
"""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Sets `topic_ranking`; the reply selector makes the intent of it."""

    def __init__(self, storage: ModelStorage, resource: Resource, layer: Linear | None = None) -> None:
        self._storage, self._resource, self._layer = storage, resource, layer
        self._encoder = load_encoder(WEIGHTS)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
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
    ) -> TopicClassifier:
        """Rasa's constructor for a trained model."""
        with model_storage.read_from(resource) as folder, np.load(folder / "topics.npz") as arrays:
            classes = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
            layer = Linear(tuple(classes), arrays["weights"], arrays["bias"], exclusive=True)
        return cls(model_storage, resource, layer)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example with an intent."""
        examples = [example for example in training_data.intent_examples if example.get(READING)]
        vectors = np.stack([example.get(READING).whole for example in examples])
        labels = [example_of(example).label for example in examples]
        self._layer = train_exclusive(vectors, labels, STRENGTH, BALANCE)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / "topics.npz", weights=self._layer.weights, bias=self._layer.bias)
            (folder / "topics.json").write_text(json.dumps(self._layer.classes), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this learns from its guesses."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the labels for each message."""
        if self._layer is None:
            raise RuntimeError("not trained")
        for message in messages:
            probabilities = self._asked(message, self._layer)
            best = list(np.argsort(-probabilities))
            topics = [i for i in best if self._layer.classes[i].startswith("faq/")][:OFFERED]
            kept = [i for i in best if i in best[:KEPT] or i in topics]
            message.set(TOPICS, [(self._layer.classes[i], float(probabilities[i])) for i in kept])
        return messages

    def _asked(self, message: Message, layer: Linear) -> Floats:
        """The probability of each label. What is asked beside danger is looked for sentence by sentence, since it is
        offered again (triage.md, crisis), and the whole message speaks of the danger.
        """
        reading: Reading = message.get(READING)
        vectors = reading.vectors[:1]
        level = Level((message.get(ASSESSMENT) or {}).get("level", Level.NONE))
        if level.is_danger and len(reading.sentences) > 1:
            vectors = np.vstack([vectors, self._encoder.encode(reading.parts(reading.sentences))])
        rows = layer.probabilities(vectors)
        asks = [i for i, label in enumerate(layer.classes) if label.startswith("faq/")]
        return np.asarray(rows[int(np.argmax(rows[:, asks].max(axis=1)))], dtype=np.float64)
