"""Rasa's own tools on the project: its test runner on the conversations beside this file, and its check of the data."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import rasa.core.test
import yaml
from rasa.core.agent import Agent

from bot.nlu.choice import titles
from bot.paths import ROOT
from bot.runtime import Runtime
from bot.triage.levels import Level

HERE = Path(__file__).parent
EXPECTED_WARNING = "your NLU configuration does not include a response selector component"
"""Ours fills `response_selector` (docs/decisions); Rasa looks for its own by name."""


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


def test_rasa_finds_nothing_wrong_with_the_data() -> None:
    """As `rasa data validate` says it: every line that is a warning or an error, but the expected one."""
    command = [Path(sys.executable).parent / "rasa", "data", "validate"]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT), "LOG_LEVEL": "INFO"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    warnings = [line for line in said.splitlines() if "UserWarning" in line or "WARNING" in line or "ERROR" in line]
    assert [line for line in warnings if EXPECTED_WARNING not in line] == []
    assert len(warnings) == 1
