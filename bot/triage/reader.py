"""Reads one message: normalise, look for what must never be missed, weigh what was learned, decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.triage import rules, spanish
from bot.triage.conversation import FIRST, Conversation
from bot.triage.decide import Learned, decide
from bot.triage.learned import SIGNALS, Heads
from bot.triage.levels import Assessment, Level, Subject
from bot.triage.normalise import Normalised, normalise
from bot.triage.sentences import Span, split
from bot.triage.thresholds import tails

Vectors = npt.NDArray[np.float32]


class SentenceVectors(Protocol):
    """Anything that turns texts into vectors, one row each (`bot.encoder.Encoder`)."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


SPEAKS = re.compile(r"[a-z]{2}|[^\x00-\x7f]")
"""Two letters, or an emoji."""


NOTHING = Learned(
    scores=dict.fromkeys(("emergency", "danger", "help"), 0.0),
    signals=dict.fromkeys(SIGNALS, 0.0),
    subject=Subject.UNKNOWN,
    addiction_over_distress=False,
    span=(0, 0),
)


@dataclass(frozen=True)
class Reading:
    """A message made ready.

    `vectors` has a row for the whole message and, of a long one, a row for each of its windows. `sentences` and
    `windows` are spans in `text.text`; None where they were not looked for.
    """

    text: Normalised
    vectors: Vectors
    sentences: tuple[Span, ...] = ()
    windows: tuple[Span, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The normalised text of each row of `vectors`."""
        return [self.text.text, *self.parts(self.windows)]

    def parts(self, spans: Sequence[Span]) -> list[str]:
        """The normalised text of these spans."""
        return [self.text.text[start:end] for start, end in spans]

    @property
    def whole(self) -> Vectors:
        """The vector of the whole message, (384,)."""
        return np.asarray(self.vectors[0], dtype=np.float32)


def read(message: str, encoder: SentenceVectors) -> Reading:
    """Normalise and encode: as a whole and, when it is longer than the encoder takes in, in overlapping windows."""
    text = normalise(message)
    parts = split(text.text)
    vectors = encoder.encode([text.text, *(text.text[start:end] for start, end in parts.windows)])
    return Reading(text, vectors, parts.sentences, parts.windows)


def read_wholes(messages: Sequence[str], encoder: SentenceVectors) -> list[Reading]:
    """Many messages at once, each as a whole: what training needs."""
    texts = [normalise(message) for message in messages]
    vectors = encoder.encode([text.text for text in texts])
    return [Reading(text, vectors[i : i + 1]) for i, text in enumerate(texts)]


def assess(reading: Reading, heads: Heads, conversation: Conversation = FIRST) -> Assessment:
    """The assessment of a message that was read. Spanish is judged by its own rules alone (design: one fixed reply)."""
    if spanish.is_spanish(reading.text.text):
        return spanish.assess(reading.text)
    found = rules.find(reading.text, reading.sentences)
    return decide(reading.text.text, found, weigh(reading, heads), conversation, heads.thresholds)


def weigh(reading: Reading, heads: Heads) -> Learned:
    """What the heads say: of a long message, what they say of its most alarming window.

    A message without a word in it ("2", "?") says nothing to them.
    """
    if not SPEAKS.search(reading.text.text):
        return NOTHING
    level = heads.levels(reading.texts, reading.vectors)
    by_row = tails(heads.level.classes, level)
    worst = int(np.argmax(by_row["danger"] + by_row["help"]))
    column = {name: level[worst, i] for i, name in enumerate(heads.level.classes)}
    signals = heads.signals.probabilities(reading.vectors[[0, worst]]).max(axis=0)
    return Learned(
        scores={name: float(rows.max()) for name, rows in by_row.items()},
        signals=dict(zip(SIGNALS, map(float, signals), strict=True)),
        subject=_subject(heads, reading.vectors[worst]),
        addiction_over_distress=bool(column[Level.ADDICTION.value] >= column[Level.DISTRESS.value]),
        span=_span(reading, heads),
    )


def _subject(heads: Heads, vector: Vectors) -> Subject:
    return Subject(heads.subject.classes[int(np.argmax(heads.subject.probabilities(vector[None])[0]))])


def _span(reading: Reading, heads: Heads) -> Span:
    """Where the sentence with the most alarming words stands in the original message: it is marked for coordinators."""
    spans = reading.sentences
    if len(spans) < 2 or heads.words is None:
        return reading.text.original_span(0, len(reading.text.text))
    by_sentence = tails(heads.words.classes, heads.words.probabilities(reading.parts(spans)))
    start, end = spans[int(np.argmax(by_sentence["danger"] + by_sentence["help"]))]
    return reading.text.original_span(start, end)
