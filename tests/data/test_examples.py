"""The examples the assistant learns from: in form, enough of each, many voices, no two alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.evaluation.vectors import RememberingEncoder, near_within, published_encoder, wholes
from bot.nlu.choice import titles
from bot.paths import NLU_DATA, ROOT
from bot.triage.examples import VOICES, Example, content_of, read_examples, read_file
from bot.triage.levels import SIGNAL_LEVELS, Level
from bot.triage.needs import all_needs

FILES = sorted(NLU_DATA.rglob("*.yml"))
TAGS = {"level", "signals", "subject", "voice", "kind", "calibration"}
A_TOPIC = 40
A_LEVEL = 900
HARMLESS = 2000
ALL = 6000
SMALLEST_VOICE, LARGEST_VOICE = 0.04, 0.40
SAME_START = 0.015
"""Share of a level's messages that may begin with the same three words."""
ALIKE = 0.95
"""Cosine of two messages that say the same."""
CHITCHAT = ["greet", "thanks", "bye", "are_you_human", "what_can_you_do", "is_this_private"]


@cache
def examples() -> list[Example]:
    return read_examples(NLU_DATA)


def of_level(level: Level) -> list[Example]:
    return [example for example in examples() if example.level is level]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_in_form(file: Path) -> None:
    content = content_of(file)
    assert content["version"] == "3.1"
    assert all(set(block) == {"intent", "metadata", "examples"} for block in content["nlu"])
    assert all(set(block["metadata"]) <= TAGS for block in content["nlu"])
    assert [block["intent"] for block in content["nlu"] if not block["examples"].strip()] == []
    lines = [line for block in content["nlu"] for line in block["examples"].splitlines() if line.strip()]
    assert [line for line in lines if not line.startswith("- ")] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_is_tagged_and_not_taken_for_markup(file: Path) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    read = read_file(file)
    assert read
    for example in read:
        intent, _, detail = example.intent.partition("/")
        assert intent in domain["intents"], example
        assert example.voice in VOICES, example
        assert not re.search(r"[\[\](){}]", example.text), example
        assert example.text[0] not in '/#"', example
        assert not detail or detail in {
            *titles(),
            *CHITCHAT,
            *(need for needs in all_needs().values() for need in needs),
        }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_kept_for_calibration_has_a_folder_of_its_own(file: Path) -> None:
    assert {example.calibration for example in read_file(file)} == {file.parent.name == "calibration"}


def test_the_intent_of_a_disclosure_is_its_level() -> None:
    levels = {level.value for level in Level if level is not Level.NONE}
    told = [(example, example.intent.split("/")[0]) for example in examples()]
    assert [example for example, intent in told if intent in levels and intent != example.level.value] == []


def test_a_signal_is_not_above_the_level_of_its_message() -> None:
    astray = [
        (example.file, example.text, example.signals)
        for example in examples()
        if any(SIGNAL_LEVELS[signal].rank > example.level.rank for signal in example.signals)
    ]
    assert astray == []


@pytest.mark.parametrize("intent", [f"faq/{topic}" for topic in titles()] + [f"chitchat/{kind}" for kind in CHITCHAT])
def test_a_topic_has_enough_examples_in_many_voices(intent: str) -> None:
    found = [example for example in examples() if example.intent == intent]
    assert len({re.sub(r"\W+", " ", example.text.lower()).strip() for example in found}) >= A_TOPIC
    assert {example.voice for example in found} >= set(VOICES)


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.NONE])
def test_a_level_has_enough_examples(level: Level) -> None:
    assert len(of_level(level)) >= A_LEVEL


def test_there_are_enough_examples() -> None:
    assert len(examples()) >= ALL
    assert len([example for example in of_level(Level.NONE) if example.file.startswith("none_")]) >= HARMLESS


@pytest.mark.parametrize("level", Level)
def test_no_voice_of_a_level_is_missing_or_drowns_the_others(level: Level) -> None:
    counts = Counter(example.voice for example in of_level(level))
    shares = {voice: counts[voice] / sum(counts.values()) for voice in VOICES}
    assert {voice: share for voice, share in shares.items() if not SMALLEST_VOICE <= share <= LARGEST_VOICE} == {}


@pytest.mark.parametrize("level", Level)
def test_messages_do_not_begin_alike(level: Level) -> None:
    messages = of_level(level)
    starts = Counter(" ".join(re.sub(r"\W+", " ", one.text.lower()).split()[:3]) for one in messages)
    assert {start: n for start, n in starts.items() if n > SAME_START * len(messages)} == {}


def test_no_two_messages_say_the_same() -> None:
    """Of those with a word in them: one emoji is to the encoder like another."""
    texts = [example.text for example in examples() if re.search(r"\w", example.text)]
    encoder = RememberingEncoder(published_encoder())
    vectors = wholes("training", texts, encoder)
    encoder.save()
    assert [(texts[i], texts[j]) for i, j, _ in near_within(vectors, ALIKE)] == []


def test_intents_of_the_domain_all_have_examples() -> None:
    by_intent: dict[str, int] = defaultdict(int)
    for example in examples():
        by_intent[example.intent.split("/")[0]] += 1
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert [intent for intent in domain["intents"] if by_intent[intent] < A_TOPIC] == []
