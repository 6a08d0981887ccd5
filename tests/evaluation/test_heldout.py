"""The held-out messages: enough of each, and none that the assistant has learned from. What fails is named by file and
number, never by its words: who writes examples must not have read them.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from bot.evaluation.goals import HELD_OUT_HARD
from bot.evaluation.measured import TOPICS, topic_of
from bot.evaluation.vectors import RememberingEncoder, Vectors, near_pairs, near_within, published_encoder, wholes
from bot.nlu.choice import titles
from bot.paths import NLU_DATA, ROOT
from bot.triage.examples import VOICES, Example, read_examples
from bot.triage.levels import Level

A_LEVEL = 250
HARMLESS = 600
ALIKE = 0.95
SMALLEST_VOICE, LARGEST_VOICE = 0.04, 0.40
NOT_IN_THE_ARTICLE = {"not_in_article", "decline", "off_topic", "chitchat"}


@cache
def held_out() -> list[Example]:
    return read_examples(ROOT / "evaluation" / "heldout")


def name(example: Example) -> str:
    """File and number in it, from 1."""
    own = [one for one in held_out() if one.file == example.file]
    return f"{example.file} {own.index(example) + 1}"


@cache
def vectors() -> tuple[Vectors, Vectors]:
    """Of the training messages, and of the held-out ones."""
    encoder = RememberingEncoder(published_encoder())
    training = [one.text for one in read_examples(NLU_DATA)]
    found = wholes("training", training, encoder), wholes("held out", [one.text for one in held_out()], encoder)
    encoder.save()
    return found


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.NONE])
def test_a_level_has_enough_messages(level: Level) -> None:
    assert len([example for example in held_out() if example.file == level.value]) >= A_LEVEL
    assert {example.level for example in held_out() if example.file == level.value} == {level}


def test_there_are_enough_harmless_ones_that_are_hard() -> None:
    hard = [example for example in held_out() if example.file in HELD_OUT_HARD]
    assert len(hard) >= HARMLESS
    assert {example.level for example in hard} == {Level.NONE}


@pytest.mark.parametrize("level", Level)
def test_no_voice_of_a_level_is_missing_or_drowns_the_others(level: Level) -> None:
    counts = Counter(example.voice for example in held_out() if example.level is level)
    shares = {voice: counts[voice] / sum(counts.values()) for voice in VOICES}
    assert {voice: share for voice, share in shares.items() if not SMALLEST_VOICE <= share <= LARGEST_VOICE} == {}


def test_every_topic_is_asked() -> None:
    asked = {topic_of(example) for example in held_out() if example.file == TOPICS}
    assert set(titles()) <= asked <= set(titles()) | NOT_IN_THE_ARTICLE


def same(lines: str) -> None:
    """Fail with these lines alone: an assertion would show the messages."""
    if lines:
        pytest.fail(lines, pytrace=False)


def test_no_training_message_says_the_same() -> None:
    learned = read_examples(NLU_DATA)
    near = [(learned[i], held_out()[j]) for i, j, _ in near_pairs(*vectors(), ALIKE)]
    same("\n".join(f"{own.file}: {own.text} ~ held-out {name(other)}" for own, other in near))


def test_no_two_held_out_messages_say_the_same() -> None:
    near = [(held_out()[i], held_out()[j]) for i, j, _ in near_within(vectors()[1], ALIKE)]
    same("\n".join(f"{name(one)} ~ {name(other)}" for one, other in near))
