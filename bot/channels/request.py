"""One request of the front desk, checked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.channels.replies import CHANNELS

MAX_TEXT = 10_000
"""Characters. The front desk refuses more before it asks."""
GUARD = "\u2060"
"""Word joiner, put before a leading slash so that Rasa does not take the message for a command; reading drops it."""

UNPAIRED = re.compile("[\ud800-\udfff]")
"""Half of a character, which JSON can carry and UTF-8 can't: it is read as unknown, so that the turn can be kept."""


class BadRequest(ValueError):
    """The body is not one of ours; the message says what is wrong with it."""


@dataclass(frozen=True)
class Turn:
    """A message to answer. `text` is what the front desk stored: redacted, and what spans count in."""

    conversation: str
    channel: str
    message: str
    text: str
    seen: str | None

    @property
    def guarded(self) -> bool:
        """Whether one character was put in front of the text."""
        return self.text.lstrip().startswith("/")

    def as_user_message(self, output: OutputChannel) -> UserMessage:
        """For Rasa. The text is kept as it is (UserMessage would strip it, and spans would shift)."""
        message = UserMessage(
            output_channel=output,
            sender_id=self.conversation,
            input_channel=self.channel,
            message_id=self.message,
            metadata={"seen": self.seen},
        )
        message.text = (GUARD if self.guarded else "") + self.text
        return message


def parse_turn(body: bytes) -> Turn:
    """The turn in a request's body. Raises BadRequest."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise BadRequest("the body is not JSON") from error
    if not isinstance(data, dict):
        raise BadRequest("the body is not a JSON object")
    conversation, message, text = (_string(data, name) for name in ("conversation", "message", "text"))
    channel, seen = data.get("channel"), data.get("seen")
    if not isinstance(channel, str) or channel not in CHANNELS:
        raise BadRequest(f"channel must be one of {', '.join(CHANNELS)}")
    if seen is not None and not isinstance(seen, str):
        raise BadRequest("seen must be a message id or null")
    if len(text) > MAX_TEXT:
        raise BadRequest(f"text is longer than {MAX_TEXT} characters")
    return Turn(conversation, str(channel), message, UNPAIRED.sub("\ufffd", text), seen)


def _string(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or (not value and name != "text"):
        raise BadRequest(f"{name} must be a string")
    return value
