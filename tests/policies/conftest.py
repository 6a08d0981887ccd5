"""The project's domain and rules with a form beside them (the assistant has none), and a model of its policies."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import rasa
import yaml
from rasa.core.agent import Agent

from bot.channels.replies import WebReplies
from bot.channels.request import Turn
from bot.nlg import ResponseGenerator
from bot.paths import ROOT
from bot.runtime import LocalActions
from tests.data.answers import responses

NAME = {"type": "from_text", "not_intent": "start_form", "conditions": [{"active_loop": "test_form"}]}
FORM = {
    "intents": ["start_form"],
    "slots": {"name": {"type": "text", "mappings": [NAME]}},
    "forms": {"test_form": {"required_slots": ["name"]}},
    "responses": {"utter_ask_name": [{"text": "Your name?"}], "utter_done": [{"text": "Thanks."}]},
}
FORM_RULES = [
    {
        "rule": "begin the form",
        "steps": [{"intent": "start_form"}, {"action": "test_form"}, {"active_loop": "test_form"}],
    },
    {
        "rule": "end the form",
        "condition": [{"active_loop": "test_form"}],
        "steps": [
            {"action": "test_form"},
            {"active_loop": None},
            {"slot_was_set": [{"requested_slot": None}]},
            {"action": "utter_done"},
        ],
    },
]


def written(path: Path, content: dict[str, Any]) -> str:
    path.write_text(yaml.safe_dump({"version": "3.1", **content}), encoding="utf-8")
    return str(path)


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


class Talk:
    """One conversation with the scripted model."""

    def __init__(self, agent: Agent, identity: str) -> None:
        self.agent, self.id = agent, identity
        self.turns: list[list[str]] = []
        """The responses of each turn so far."""

    def say(self, message: str) -> list[dict[str, Any]]:
        replies = WebReplies()
        turn = Turn(self.id, "web", f"m{len(self.turns)}", message, None)
        asyncio.run(self.agent.handle_message(turn.as_user_message(replies)))
        self.turns.append([reply["response"] for reply in replies.replies])
        return replies.replies

    @property
    def state(self) -> tuple[str | None, str]:
        """The active loop, and the last action."""
        tracker = asyncio.run(self.agent.tracker_store.retrieve(self.id))
        assert tracker is not None
        return tracker.active_loop_name, str(tracker.latest_action_name)


@pytest.fixture(scope="session")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    """Trained in seconds: the pipeline learns nothing and the policies only rules."""
    folder = tmp_path_factory.mktemp("scripted")
    domain = read("domain.yml")
    domain["intents"] += FORM["intents"]
    domain |= {"slots": FORM["slots"], "forms": FORM["forms"]}
    domain["responses"] = {**domain.get("responses", {}), **responses(), **FORM["responses"]}  # type: ignore[dict-item]
    pipeline = [{"name": "tests.policies.scripted.Scripted"}, {"name": "bot.nlu.reply_selector.ReplySelector"}]
    config = {**read("config.yml"), "pipeline": pipeline}
    keys = [name.removeprefix("utter_") for name in responses() if "/" in name]
    intents = [*keys, *(name for name in domain["intents"] if name not in {key.split("/")[0] for key in keys})]
    examples = [{"intent": intent, "examples": f"- {intent}\n- {intent} again\n"} for intent in intents]
    result = rasa.train(
        domain=written(folder / "domain.yml", domain),
        config=written(folder / "config.yml", config),
        training_files=[
            written(folder / "nlu.yml", {"nlu": examples}),
            str(ROOT / "data/stories.yml"),
            written(folder / "rules.yml", {"rules": read("data/rules.yml")["rules"] + FORM_RULES}),
        ],
        output=str(folder),
        force_training=True,
    )
    assert result.model
    return Agent.load(result.model, generator=ResponseGenerator(), action_endpoint=LocalActions())
