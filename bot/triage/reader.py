"""Reads one message: normalise, look for what must never be missed, weigh what was learned, decide."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.triage import rules, spanish
from bot.triage.conversation import FIRST, Conversation
from bot.triage.decide import Learned, decide
from bot.triage.learned import SIGNALS, Heads
from bot.triage.levels import Assessment, Evidence, Level, Subject
from bot.triage.normalise import Normalised, normalise
from bot.triage.sentences import Span, clause, split
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


NO_VECTORS: Vectors = np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class Reading:
    """A message made ready.

    `vectors` has a row for the whole message and, of a long one, a row for each of its windows. `sentences` and
    `windows` are spans in `text.text`. `found` is what the rules see; each figurative piece of it has its clause,
    normalised, with a row in `clause_vectors`. All but the first two are empty in training.
    """

    text: Normalised
    vectors: Vectors
    sentences: tuple[Span, ...] = ()
    windows: tuple[Span, ...] = ()
    found: tuple[Evidence, ...] = ()
    clauses: tuple[str, ...] = ()
    clause_vectors: Vectors = NO_VECTORS

    @property
    def texts(self) -> list[str]:
        """The normalised text of each row of `vectors`."""
        return [self.text.text, *self.parts(self.windows)]

    def fingerprint(self) -> str:
        """Tells readings apart. Rasa's training asks for it of everything in a message, after every step, and would
        write out each number of each vector if it found none: minutes of the training.
        """
        return hashlib.sha256(self.text.text.encode() + self.vectors.tobytes()).hexdigest()

    def parts(self, spans: Sequence[Span]) -> list[str]:
        """The normalised text of these spans."""
        return [self.text.text[start:end] for start, end in spans]

    @property
    def whole(self) -> Vectors:
        """The vector of the whole message, (384,)."""
        return np.asarray(self.vectors[0], dtype=np.float32)


def read(message: str, encoder: SentenceVectors) -> Reading:
    """Normalise, look for what rules see, and encode: the whole; overlapping windows of what is longer than the
    encoder takes in; the clause around words that are also said in jest.
    """
    text = normalise(message)
    parts = split(text.text)
    found = tuple(rules.find(text, parts.sentences))
    clauses = tuple(_clause(message, evidence) for evidence in found if evidence.figurative)
    wholes = [text.text, *(text.text[start:end] for start, end in parts.windows)]
    vectors = encoder.encode([*wholes, *clauses])
    rows = len(wholes)
    return Reading(text, vectors[:rows], parts.sentences, parts.windows, found, clauses, vectors[rows:])


def _clause(message: str, evidence: Evidence) -> str:
    start, end = clause(message, evidence.start, evidence.end)
    return normalise(message[start:end]).text


def read_wholes(messages: Sequence[str], encoder: SentenceVectors) -> list[Reading]:
    """Many messages at once, each as a whole: what training needs."""
    texts = [normalise(message) for message in messages]
    vectors = encoder.encode([text.text for text in texts])
    return [Reading(text, vectors[i : i + 1]) for i, text in enumerate(texts)]


def assess(reading: Reading, heads: Heads, conversation: Conversation = FIRST) -> Assessment:
    """The assessment of a message that was read. Spanish is judged by its own rules alone (design: one fixed reply)."""
    if spanish.is_spanish(reading.text.text):
        return spanish.assess(reading.text)
    return decide(reading.text.text, _judged(reading, heads), weigh(reading, heads), conversation, heads.thresholds)


def _judged(reading: Reading, heads: Heads) -> list[Evidence]:
    """What the rules see. Words that are also said in jest are taken in earnest where their clause, read alone, is
    not all but certainly harmless: small talk beside them says nothing about them (docs/decisions/0010).
    """
    if not reading.clauses:
        return list(reading.found)
    none = heads.levels(reading.clauses, reading.clause_vectors)[:, heads.level.classes.index(Level.NONE.value)]
    harmless = iter(none >= heads.thresholds["harmless"])
    return [replace(one, figurative=one.figurative and bool(next(harmless))) for one in reading.found]


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
