"""Reading one message: the whole and its pieces, with an encoder and heads of a few words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from bot.triage.conversation import Conversation, Turn
from bot.triage.learned import LEVELS, SIGNALS, SUBJECTS, Heads
from bot.triage.levels import Level
from bot.triage.linear import Linear
from bot.triage.ngrams import train_ngrams
from bot.triage.perceptron import Perceptron
from bot.triage.reader import assess, read, read_wholes

FEATURES = ("sad", "pills", "knife", "dying")
"""One number each: a word of distress, addiction, crisis and emergency."""


class Words:
    """A vector says which part of the text's words each feature is."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = [[text.split().count(word) / max(len(text.split()), 1) for word in FEATURES] for text in texts]
        return np.array(rows, dtype=np.float32)


def layer(classes: tuple[str, ...], weights: dict[str, str], *, exclusive: bool) -> Linear:
    table = np.zeros((len(FEATURES), len(classes)))
    for word, name in weights.items():
        table[FEATURES.index(word), classes.index(name)] = 30
    return Linear(classes, table, np.full(len(classes), 0 if exclusive else -10.0), exclusive=exclusive)


def network(level: Linear) -> Perceptron:
    """One network that hands the features on as they are (they are never below zero) to this layer."""
    size = len(FEATURES)
    return Perceptron(
        level.classes, np.vstack([np.eye(size), np.zeros(size)])[None], np.vstack([level.weights, level.bias])[None]
    )


HEADS = Heads(
    level=network(layer(LEVELS, dict(zip(FEATURES, LEVELS[1:], strict=True)), exclusive=True)),
    signals=layer(SIGNALS, {"sad": "grief", "pills": "misuse", "knife": "abuse", "dying": "overdose"}, exclusive=False),
    subject=layer(SUBJECTS, {"dying": "other"}, exclusive=True),
    thresholds={"emergency": 0.5, "danger": 0.5, "help": 0.9, "harmless": 1.1},
)
FILLER = "the weather was nice and we had some tea in the garden with our two neighbours"


def level(message: str, before: Conversation | None = None) -> Level:
    return assess(read(message, Words()), HEADS, before or Conversation()).level


def test_only_a_long_message_is_read_in_windows() -> None:
    assert len(read("so sad. so tired", Words()).vectors) == 1
    assert len(read(f"{FILLER}. " * 12, Words()).vectors) > 2


def test_training_reads_wholes() -> None:
    [reading] = read_wholes(["so sad. so tired"], Words())
    assert len(reading.vectors) == 1


def test_a_signal_buried_in_a_long_message_counts() -> None:
    around = f"{FILLER}. " * 12
    dying = "dying now. " * 12
    assert level(around + dying + around) is Level.EMERGENCY
    assert assess(read(around + dying + around, Words()), HEADS).scores["emergency"] > 0.9
    assert level(around + around) is Level.NONE


def test_the_evidence_is_the_sentence_with_the_most_alarming_words_as_it_was_typed() -> None:
    words = train_ngrams([FILLER, "so sad", "pills", "knife", "dying now"] * 2, LEVELS * 2)
    heads = dataclasses.replace(
        HEADS, words=words, thresholds={**HEADS.thresholds, "help": 0.1, "danger": 0.1, "emergency": 0.1}
    )
    message = f"{FILLER.upper()}!!  Dying noww. {FILLER}"
    evidence = assess(read(message, Words()), heads).evidence
    assert {message[each.start : each.end] for each in evidence} == {"Dying noww."}


CALM = Linear(LEVELS, HEADS.level.out[0][:-1], np.array([3.0, 0, 0, 0, 0]), exclusive=True)


@pytest.mark.parametrize(
    ("told", "is_"),
    [
        pytest.param("i cut myself with a knife", Level.CRISIS, id="in earnest"),
        pytest.param("i cut myself again", Level.NONE, id="harmless alone too"),
    ],
)
@pytest.mark.parametrize("beside", [f"{{}} and {FILLER}", f"{FILLER}, {{}}", f"{FILLER}. {{}}! {FILLER}"])
def test_small_talk_beside_a_rule_says_nothing_about_it(told: str, is_: Level, beside: str) -> None:
    heads = dataclasses.replace(HEADS, level=network(CALM), thresholds={**HEADS.thresholds, "harmless": 0.7})
    assert assess(read(beside.format(told), Words()), heads).level is is_


def test_spanish_is_judged_by_its_own_rules() -> None:
    assert assess(read("mi hermano no despierta", Words()), HEADS).evidence[0].source == "es_overdose"


def test_the_conversation_before_counts() -> None:
    before = Conversation((Turn(Level.CRISIS, ("suicidal_thoughts",)),), "danger_now")
    assert level("yes", before) is Level.EMERGENCY
    assert level("yes") is Level.NONE


@pytest.mark.parametrize("message", ["", " ", "\u2060", "...", "a", "\n\n", "😭", "?" * 500])
def test_a_message_of_next_to_nothing_is_none(message: str) -> None:
    assert level(message) is Level.NONE
