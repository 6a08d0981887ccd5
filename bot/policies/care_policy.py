"""Help comes first, in every state of the dialogue.

Rasa's rules answer the topics (data/rules.yml). This policy does what rules can't: it gives the emergency and crisis
replies whatever
loop is running, hands off beside an answer, and adds what a turn still owes the person (docs/decisions/0004).

A higher priority alone does not beat RulePolicy inside a form: its loop prediction is flagged `is_no_user_prediction`
and all
others are dropped (rasa/core/policies/ensemble.py). So this one predicts with that flag too, and ends the turn itself.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData, confidence_scores_for
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies.turn import next_action


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CarePolicy(Policy):
    """Predicts the next step of `bot.policies.turn`, or nothing when the turn is the rules' own."""

    @staticmethod
    def supported_data() -> SupportedData:
        """Needs neither stories nor rules."""
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above RulePolicy (6), which decides between two predictions with the same flag and confidence."""
        return {"priority": 10}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> CarePolicy:
        """Nothing was learned, so there is nothing to load."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **_: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: dict[str, Any] | None = None, **_: Any
    ) -> PolicyPrediction:
        """Certainty for the next step, flagged so that no loop can drop it; zeros when there is none."""
        action = next_action(tracker)
        if action is None:
            return self._prediction([0.0] * domain.num_actions)
        prediction = self._prediction(confidence_scores_for(action, 1.0, domain))
        prediction.is_no_user_prediction = True
        return prediction
