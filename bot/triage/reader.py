"""Reads one message: normalise, look for what must never be missed, weigh the whole and its pieces, decide."""

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
from bot.triage.sentences import pieces
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
    """A message made ready: its normalised text and the vectors of the whole (first row) and of each piece."""

    text: Normalised
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors

    @property
    def whole(self) -> Vectors:
        """The vector of the whole message, (384,)."""
        return np.asarray(self.vectors[0], dtype=np.float32)


def read(message: str, encoder: SentenceVectors) -> Reading:
    """Normalise and encode. A message of one piece is encoded once."""
    text = normalise(message)
    spans = tuple(pieces(text.text))
    texts = [text.text, *(text.text[start:end] for start, end in spans)] if len(spans) > 1 else [text.text]
    return Reading(text, spans if len(spans) > 1 else ((0, len(text.text)),), encoder.encode(texts))


def read_wholes(messages: Sequence[str], encoder: SentenceVectors) -> list[Reading]:
    """Many messages at once, each as one piece: what training needs."""
    texts = [normalise(message) for message in messages]
    vectors = encoder.encode([text.text for text in texts])
    return [Reading(text, ((0, len(text.text)),), vectors[i : i + 1]) for i, text in enumerate(texts)]


def assess(reading: Reading, heads: Heads, conversation: Conversation = FIRST) -> Assessment:
    """The assessment of a message that was read. Spanish is judged by its own rules alone (design: one fixed reply)."""
    if spanish.is_spanish(reading.text.text):
        return spanish.assess(reading.text)
    found = rules.find(reading.text)
    return decide(reading.text.text, found, weigh(reading, heads), conversation, heads.thresholds)


def weigh(reading: Reading, heads: Heads) -> Learned:
    """What the heads say: each score is the higher of the whole message's and the blend with its most alarming piece.

    A message without a word in it ("2", "?") says nothing to them.
    """
    if not SPEAKS.search(reading.text.text):
        return NOTHING
    level = heads.level.probabilities(reading.vectors)
    by_row = tails(heads.level.classes, level)
    worst = int(np.argmax(by_row["danger"] + by_row["help"]))
    share = heads.thresholds.get("piece_share", 0.5)
    scores = {name: float(max(rows[0], (1 - share) * rows[0] + share * rows.max())) for name, rows in by_row.items()}
    signals = heads.signals.probabilities(reading.vectors[[0, worst]]).max(axis=0)
    column = {name: level[0, i] for i, name in enumerate(heads.level.classes)}
    return Learned(
        scores=scores,
        signals=dict(zip(SIGNALS, map(float, signals), strict=True)),
        subject=_subject(heads, reading),
        addiction_over_distress=bool(column[Level.ADDICTION.value] >= column[Level.DISTRESS.value]),
        span=_span(reading, worst),
    )


def _subject(heads: Heads, reading: Reading) -> Subject:
    probabilities = heads.subject.probabilities(reading.vectors[:1])[0]
    return Subject(heads.subject.classes[int(np.argmax(probabilities))])


def _span(reading: Reading, row: int) -> tuple[int, int]:
    """Where row 0 (the whole) or a piece stands in the original message."""
    start, end = reading.spans[row - 1] if row else (0, len(reading.text.text))
    return reading.text.original_span(start, end)
