"""What the topic classifier tells apart: Rasa's intents, with all that only discloses something as one."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.training_data.message import Message

from bot.triage.levels import Level

DISCLOSURE = "disclosure"
"""A message that tells or asks for help and asks nothing the article answers: how urgent it is, is the triage's to say."""
FOLLOWUP = "followup"
_DISCLOSED = {level.value for level in Level if level is not Level.NONE}


def tags(message: Message) -> dict[str, Any]:
    """The metadata of the example's block in data/nlu."""
    metadata = message.get("metadata") or {}
    return metadata.get("intent") or {}


def label_of(message: Message) -> str:
    """The class of a training message: "faq/alcohol", "off_topic", "disclosure", "followup/why"."""
    intent = str(message.get_full_intent())
    if intent.split("/")[0] in _DISCLOSED:
        return DISCLOSURE
    return f"{intent}/{tags(message)['kind']}" if intent == FOLLOWUP else intent
