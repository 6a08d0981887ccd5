"""A training message of Rasa's as the project's own example."""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.triage.examples import Example, tags_of


def example_of(message: Message) -> Example:
    """The example with the tags of its block in data/nlu. Raises ValueError for a tag that triage.md does not know."""
    intent = str(message.get_full_intent())
    tags = (message.get("metadata") or {}).get("intent") or {}
    level, signals, subject = tags_of(tags)
    return Example(
        message.get(TEXT),
        intent,
        level,
        signals,
        subject,
        voice=tags.get("voice", "plain"),
        file="",
        kind=tags.get("kind", ""),
        calibration=tags.get("calibration", False),
    )
