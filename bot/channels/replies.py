"""What a turn answers, collected instead of sent, and the kind that each reply is of."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

KINDS = {
    "emergency": "emergency",
    "crisis": "crisis",
    "addiction": "handoff",
    "distress": "handoff",
    "unsure": "unsure",
}
"""By the first word of the response behind `utter_`; everything else is an answer (triage.md, Replies)."""
FOR_ANY_LEVEL = "spanish"
"""One text with the numbers, whatever the level: its kind is that of the message it answers."""


def kind_of(response: str, level: str) -> str:
    """Kind of a reply to a message of that level, by the name of its response: `utter_crisis/self_harm` is a crisis."""
    subject = response.removeprefix("utter_").partition("/")[0]
    return KINDS.get(level if subject == FOR_ANY_LEVEL else subject, "answer")


class ReplyCollector(CollectingOutputChannel):
    """Keeps whole replies; Rasa's own would cut one in two at a blank line."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Called by Rasa for each reply of the turn."""
        response = str((message.get("metadata") or {}).get("utter_action") or message.get("utter_action") or "")
        buttons = [{"title": str(b["title"]), "payload": str(b["payload"])} for b in message.get("buttons") or []]
        self.replies.append(
            {
                "text": self.written(str(message.get("text") or ""), buttons),
                "response": response,
                "buttons": self.shown(buttons),
            }
        )

    def written(self, text: str, buttons: list[dict[str, str]]) -> str:
        """The text as this channel shows it."""
        return text

    def shown(self, buttons: list[dict[str, str]]) -> list[dict[str, str]]:
        """The buttons as this channel shows them."""
        return buttons


class WebReplies(ReplyCollector):
    """The chat on the website."""

    @classmethod
    def name(cls) -> str:
        """Rasa chooses `channel:` variants by this name."""
        return "web"


class SmsReplies(ReplyCollector):
    """Text messages: choices become numbered lines."""

    @classmethod
    def name(cls) -> str:
        """Rasa chooses `channel:` variants by this name."""
        return "sms"

    def written(self, text: str, buttons: list[dict[str, str]]) -> str:
        """The choices are written out under the text, as what to send back."""
        lines = [f"{number}. {button['payload']}" for number, button in enumerate(buttons, 1)]
        return "\n".join([text, *lines])

    def shown(self, buttons: list[dict[str, str]]) -> list[dict[str, str]]:
        """A phone's message has no buttons."""
        return []


CHANNELS: dict[str, type[ReplyCollector]] = {collector.name(): collector for collector in (WebReplies, SmsReplies)}
