"""The trained model in this process, without a server: what the command line tools talk to."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.model import get_latest_model
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.channels.replies import CHANNELS
from bot.channels.request import Turn
from bot.channels.turn import answer_of
from bot.nlg import ResponseGenerator
from bot.nlu.history import last_parse
from bot.paths import MODELS
from bot.training import OUTDATED, is_outdated


class RuntimeProblem(Exception):
    """The assistant can't be loaded; the message says what to do."""


class LocalActions(EndpointConfig):
    """Runs the custom actions in this process, in place of the action server."""

    def __init__(self) -> None:
        super().__init__(url="in this process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *_: Any, json: dict[str, Any] | None = None, **__: Any) -> Any:
        """What the action server would answer."""
        return await self._executor.run(json or {})


@dataclass
class Conversation:
    """One person's talk with the model."""

    agent: Agent
    channel: str
    id: str

    async def say(self, text: str) -> dict[str, Any]:
        """The answer to one message, in the form the front desk gets (`bot.channels.turn`)."""
        replies = CHANNELS[self.channel]()
        turn = Turn(self.id, self.channel, uuid.uuid4().hex, text, None)
        message: UserMessage = turn.as_user_message(replies)
        message.metadata = {}
        await self.agent.handle_message(message)
        return answer_of(turn, last_parse(await self.agent.tracker_store.retrieve(self.id)), replies)


class Runtime:
    """The newest model of a folder, loaded once."""

    def __init__(self, models: Path = MODELS) -> None:
        """Raises RuntimeProblem when there is no trained model, or it is outdated (`bot.training`)."""
        model = get_latest_model(str(models))
        if model is None:
            raise RuntimeProblem(f"no trained model in {models}: run `make train`")
        if is_outdated(Path(model)):
            raise RuntimeProblem(OUTDATED)
        self._agent = Agent.load(model, generator=ResponseGenerator(), action_endpoint=LocalActions())

    def begin(self, channel: str) -> Conversation:
        """A new conversation; those before are forgotten, so that memory does not grow."""
        self._agent.tracker_store = InMemoryTrackerStore(self._agent.domain)
        if self._agent.processor is not None:
            self._agent.processor.tracker_store = self._agent.tracker_store
        return Conversation(self._agent, channel, uuid.uuid4().hex)
