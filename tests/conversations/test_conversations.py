"""Rasa's own tools on the project: its test runner on the conversations beside this file, and its check of the data."""

from __future__ import annotations

import asyncio
import json
import warnings
from pathlib import Path

import pytest
import rasa.core.test
import yaml
from rasa.cli.utils import validate_files
from rasa.core.agent import Agent
from rasa.shared.importers.importer import TrainingDataImporter

from bot.nlu.choice import titles
from bot.paths import ROOT
from bot.runtime import Runtime
from bot.triage.levels import Level

HERE = Path(__file__).parent


def intents() -> set[str]:
    stories = [story for file in HERE.glob("*.yml") for story in yaml.safe_load(file.read_text())["stories"]]
    return {step["intent"] for story in stories for step in story["steps"] if "intent" in step}


@pytest.mark.parametrize("topic", titles())
def test_each_topic_has_a_conversation(topic: str) -> None:
    assert f"faq/{topic}" in intents()


@pytest.mark.parametrize("level", [level.value for level in Level if level is not Level.NONE])
def test_each_level_has_a_conversation(level: str) -> None:
    assert any(intent.startswith(f"{level}/") for intent in intents())


@pytest.mark.parametrize("e2e", [True, False], ids=["read by the model", "by intent alone"])
def test_no_conversation_fails(runtime: Runtime, tmp_path: Path, *, e2e: bool) -> None:
    agent: Agent = runtime._agent
    runner = rasa.core.test.test(str(HERE), agent, out_directory=str(tmp_path), e2e=e2e, disable_plotting=True)
    asyncio.run(runner)
    failed = (tmp_path / "failed_test_stories.yml").read_text()
    told = json.loads((tmp_path / "story_report.json").read_text())["conversation_accuracy"]
    assert told["total"] == sum(len(yaml.safe_load(file.read_text())["stories"]) for file in HERE.glob("*.yml"))
    assert told["correct"] == told["total"], failed


def test_rasa_finds_nothing_wrong_with_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `rasa data validate` does, in this process."""
    monkeypatch.chdir(ROOT)
    importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        validate_files(fail_on_warnings=False, max_history=None, importer=importer)
    told = [str(one.message) for one in caught if issubclass(one.category, UserWarning)]
    assert told == []
