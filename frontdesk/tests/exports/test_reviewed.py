"""Corrected messages become examples in the form of data/nlu, and nothing else does."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from frontdesk.accounts.models import User
from frontdesk.assistant.answer import Said
from frontdesk.audit.models import Action, Entry
from frontdesk.desk.models import Correction, Verdict
from frontdesk.exports.reviewed import ASSUMED, NEEDS, example, export_reviewed
from frontdesk.transcripts.levels import Kind, Level, Subject
from frontdesk.transcripts.models import Message
from frontdesk.transcripts.signals import LEVEL_OF
from tests.conftest import AsRole
from tests.desk.made import START, message
from tests.real_parts import ROOT, absent

pytestmark = pytest.mark.django_db
PYTHON = ROOT / ".venv" / "bin" / "python"


def corrected(made: Message, level: Level | None = None, topic: str = "") -> Message:
    by, _ = User.objects.get_or_create(username="somebody")
    Correction.objects.create(message=made, verdict=Verdict.CORRECTED, level=level, topic=topic, by=by, at=START)
    return made


def said(response: str) -> tuple[Said, ...]:
    return (Said("text", Kind.CRISIS, response),)


@pytest.mark.parametrize(
    ("level", "changes", "right_level", "right_topic", "block"),
    [
        pytest.param(
            Level.NONE, {}, Level.CRISIS, "",
            ("crisis/suicidal_self", "{level: crisis, signals: [], subject: self, voice: plain}"),
            id="missed",
        ),
        pytest.param(
            Level.CRISIS, {"signals": ("self_harm", "hopelessness"), "topic": "", "intent": "crisis"}, Level.NONE, "",
            ("off_topic", "{level: none, signals: [], subject: self, voice: plain}"),
            id="false alarm",
        ),
        pytest.param(
            Level.CRISIS, {"signals": ("self_harm",), "topic": "", "intent": "crisis"}, Level.NONE, "alcohol",
            ("faq/alcohol", "{level: none, signals: [], subject: self, voice: plain}"),
            id="a question taken for a crisis",
        ),
        pytest.param(
            Level.CRISIS,
            {"signals": ("self_harm", "panic"), "topic": "", "replies": said("utter_crisis/self_harm")},
            Level.CRISIS, "",
            ("crisis/self_harm", "{level: crisis, signals: [self_harm, panic], subject: self, voice: plain}"),
            id="confirmed",
        ),
        pytest.param(
            Level.EMERGENCY, {"signals": ("overdose", "misuse"), "topic": "", "subject": Subject.OTHER},
            Level.ADDICTION, "",
            ("addiction/own_use", "{level: addiction, signals: [misuse], subject: other, voice: plain}"),
            id="less than it was taken for",
        ),
        pytest.param(
            Level.DISTRESS, {"signals": ("panic",), "topic": "treatment"}, None, "detox",
            ("faq/detox", "{level: distress, signals: [panic], subject: self, voice: plain}"),
            id="another topic",
        ),
        pytest.param(
            Level.DISTRESS, {"signals": ("panic",), "topic": "treatment"}, Level.ADDICTION, "",
            ("faq/treatment", "{level: addiction, signals: [], subject: self, voice: plain}"),
            id="a question with more behind it",
        ),
        pytest.param(
            Level.CRISIS, {"topic": "", "replies": said("utter_chitchat/thanks")}, Level.NONE, "",
            ("chitchat/thanks", "{level: none, signals: [], subject: self, voice: plain}"),
            id="small talk",
        ),
        pytest.param(
            None, {}, Level.EMERGENCY, "",
            ("emergency/medical", "{level: emergency, signals: [], subject: unknown, voice: plain}"),
            id="the assistant was not there",
        ),
    ],
)  # fmt: skip
def test_what_a_correction_becomes(
    level: Level | None,
    changes: dict[str, Any],
    right_level: Level | None,
    right_topic: str,
    block: tuple[str, str],
) -> None:
    corrected(message("some words", level, **changes), right_level, right_topic)
    content, count = export_reviewed()
    assert count == 1
    assert f"- intent: {block[0]}\n  metadata: {block[1]}\n  examples: |\n    - some words\n" in content


@pytest.mark.parametrize(
    ("intent", "topic", "assumed"),
    [
        pytest.param("crisis", "", True, id="nobody said"),
        pytest.param("off_topic", "", False, id="the assistant knew"),
        pytest.param("crisis", "alcohol", False, id="the coordinator said"),
    ],
)
def test_a_false_alarm_whose_topic_nobody_said_is_marked(intent: str, topic: str, *, assumed: bool) -> None:
    corrected(message("some words", Level.CRISIS, topic="", intent=intent), Level.NONE, topic)
    content, _ = export_reviewed()
    assert (f"{ASSUMED}- intent: off_topic\n" in content) is assumed
    assert yaml.safe_load(content)["nlu"][0]["metadata"]["level"] == "none"


def test_only_corrected_messages_with_a_level() -> None:
    message("never looked at", Level.CRISIS)
    corrected(message("not assessed and not said", None))
    assert export_reviewed()[1] == 0


def test_the_last_correction_stands() -> None:
    made = corrected(message("words"), Level.CRISIS)
    corrected(made, Level.DISTRESS)
    assert "intent: crisis" not in export_reviewed()[0]


def test_each_text_once() -> None:
    for text in ("The same words", "the  same\nwords", "other words"):
        corrected(message(text), Level.DISTRESS)
    content, count = export_reviewed()
    assert count == 2
    assert content.count(" words\n") == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("two\nlines", "two lines", id="lines"),
        pytest.param("[word](entity) {x}", "word entity x", id="markup"),
        pytest.param("/intent", "intent", id="a slash"),
        pytest.param("# heading", "heading", id="a comment"),
        pytest.param("call 212-555-0123", "call <phone>", id="redacted once more"),
        pytest.param("a\u2028b\x07", "a b", id="what YAML can't hold"),
        pytest.param("- item", "item", id="a list"),
        pytest.param("?!", "", id="no word"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert example(text) == line


def test_emptied_messages_are_left_out() -> None:
    corrected(message("words"), Level.CRISIS)
    Message.objects.update(text="")
    assert export_reviewed()[1] == 0


def test_the_button_and_the_command_write_the_same(as_role: AsRole, tmp_path: Path) -> None:
    corrected(message("some words"), Level.CRISIS)
    call_command("export_reviewed", to=tmp_path / "r.yml")
    downloaded = as_role("supervisor").post("/desk/export/reviewed")
    assert downloaded.content.decode() == (tmp_path / "r.yml").read_text() == export_reviewed()[0]
    assert Entry.objects.filter(action=Action.EXPORT).count() == 2


READ = """
import sys
from rasa.shared.nlu.training_data.loading import load_data
from bot.nlu.examples import example_of
for each in map(example_of, load_data(sys.argv[1]).intent_examples):
    print(each.intent, each.level.value, ",".join(each.signals), each.subject.value, each.text, sep="|")
"""
TRAIN = """
import asyncio, pathlib, sys
from rasa.model_training import train_nlu
from rasa.core.agent import Agent
folder, *messages = sys.argv[1:]
model = train_nlu("config.yml", folder, folder, domain="domain.yml", fixed_model_name="small")
agent = Agent.load(model)
for text in messages:
    print("level", asyncio.run(agent.parse_message(text))["assessment"]["level"])
"""
NAMES = """
from bot.triage.levels import SIGNAL_LEVELS
from bot.triage.needs import all_needs
print(*(f"{signal}={level.value}" for signal, level in SIGNAL_LEVELS.items()))
print(*(f"{level}={needs[-1]}" for level, needs in all_needs().items()))
"""


def assistant_says(script: str, *arguments: object) -> list[str]:
    """What a script prints in the assistant's own environment."""
    if not PYTHON.exists():
        absent("the assistant's environment is not here: run `make setup`")
    command = [str(PYTHON), "-W", "ignore", "-c", script, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_assistant_reads_what_was_meant(tmp_path: Path) -> None:
    corrected(message("monday: number 0 | of these", Level.CRISIS, signals=("self_harm",)), Level.CRISIS)
    corrected(message("kitchen, number 0", Level.CRISIS, topic="alcohol"), Level.NONE)
    file = tmp_path / "reviewed.yml"
    file.write_text(export_reviewed()[0], encoding="utf-8")

    assert assistant_says(READ, file) == [
        "crisis/suicidal_self|crisis|self_harm|self|monday: number 0 | of these",
        "faq/alcohol|none||self|kitchen, number 0",
    ]


def test_rasa_trains_on_it_and_learns_what_was_meant(tmp_path: Path) -> None:
    """As `make train` does, on the export beside a few of the assistant's own files: words that mean nothing to
    anybody are a crisis then.
    """
    for number in range(100):
        corrected(message(f"the velvet kettle hums again, number {number}"), Level.CRISIS)
    (tmp_path / "reviewed.yml").write_text(export_reviewed()[0], encoding="utf-8")
    for name in (
        "chitchat",
        "dialogue",
        "triage/short_messages",
        "triage/few_words",
        "calibration/danger",
        "calibration/ordinary",
    ):
        (tmp_path / f"{Path(name).name}.yml").symlink_to(ROOT / "data" / "nlu" / f"{name}.yml")

    said = assistant_says(TRAIN, tmp_path, "the velvet kettle hums again, number 177", "hello")

    assert [line for line in said if line.startswith("level ")] == ["level crisis", "level none"]


def test_the_names_are_the_assistants() -> None:
    signals, needs = assistant_says(NAMES)
    assert signals.split() == [f"{signal}={level.label}" for signal, level in LEVEL_OF.items()]
    assert needs.split() == [f"{level.label}={need}" for level, need in NEEDS.items()]
