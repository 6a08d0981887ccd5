"""The learned part: from a sentence vector to how likely each level, signal and subject is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.triage.examples import Example
from bot.triage.levels import SIGNAL_LEVELS, Level, Subject
from bot.triage.linear import Linear, train_exclusive, train_independent
from bot.triage.ngrams import Ngrams, train_ngrams
from bot.triage.normalise import normalise
from bot.triage.perceptron import Perceptron, train_perceptron
from bot.triage.rules import find
from bot.triage.thresholds import choose, harmless_from

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LEVELS = tuple(level.value for level in Level)
SIGNALS = tuple(SIGNAL_LEVELS)
SUBJECTS = tuple(subject.value for subject in Subject)
SPANISH = "spanish"
NEW = 4
"""How often a message that the encoder was not taught with counts in the level's layer (0005)."""
WORDS = 0.5
"""Share of the n-grams in the level (0005)."""
TINY = 1e-9


@dataclass(frozen=True)
class Heads:
    """Everything that is learned about safety, on top of the encoder."""

    level: Perceptron
    signals: Linear
    subject: Linear
    thresholds: dict[str, float]
    """See `bot.triage.thresholds`: the probability from which a level is given."""
    words: Ngrams | None = None

    def levels(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Probabilities (messages, `level.classes`): the meaning's and the words', weighed by WORDS. `texts`
        normalised.
        """
        return blended(self.level, self.words, texts, vectors)

    def save(self, folder: Path) -> None:
        """Write heads.npz, level.npz, heads.json and the n-grams."""
        layers = {"signals": self.signals, "subject": self.subject}
        arrays = {
            f"{name}_{part}": getattr(layer, part) for name, layer in layers.items() for part in ("weights", "bias")
        }
        np.savez(folder / "heads.npz", **arrays)
        np.savez(folder / "level.npz", **self.level.arrays())
        meta = {
            "thresholds": self.thresholds,
            "levels": self.level.classes,
            "classes": {name: layer.classes for name, layer in layers.items()},
        }
        (folder / "heads.json").write_text(json.dumps(meta, indent=1), encoding="utf-8")
        if self.words is not None:
            self.words.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """What `save` wrote."""
        meta: dict[str, Any] = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz") as arrays:
            layers = {
                name: Linear(
                    tuple(classes), arrays[f"{name}_weights"], arrays[f"{name}_bias"], exclusive=name != "signals"
                )
                for name, classes in meta["classes"].items()
            }
        with np.load(folder / "level.npz") as arrays:
            level = Perceptron.of(meta["levels"], arrays)
        words = Ngrams.load(folder) if (folder / "ngrams.joblib").is_file() else None
        return cls(level, layers["signals"], layers["subject"], meta["thresholds"], words)


def blended(level: Perceptron, words: Ngrams | None, texts: Sequence[str], vectors: Vectors) -> Floats:
    """The two readings of the level, weighed in the logarithm."""
    meaning = level.probabilities(vectors)
    if words is None:
        return meaning
    weighed = np.exp((1 - WORDS) * np.log(meaning + TINY) + WORDS * np.log(words.probabilities(texts) + TINY))
    return np.asarray(weighed / weighed.sum(axis=1, keepdims=True), dtype=np.float64)


def learn(vectors: Vectors, examples: Sequence[Example], new: Bools) -> Heads:
    """Heads for these messages, one vector each; `new`: which of them the encoder was not taught with
    (`bot.encoder.taught`). Thresholds come from the calibration messages; ValueError when there are none.

    Spanish is left out: its level comes from rules alone.
    """
    used = [i for i, example in enumerate(examples) if example.intent != SPANISH]
    vectors, examples, new = vectors[used], [examples[i] for i in used], new[used]
    kept = [i for i, example in enumerate(examples) if example.calibration]
    taught = [i for i, example in enumerate(examples) if not example.calibration]
    if not kept:
        raise ValueError("no message has `calibration: true` in its metadata: thresholds can't be chosen")
    level, words = _levels(vectors[taught], [examples[i] for i in taught], new[taught])
    thresholds = calibrated(level, words, vectors[kept], [examples[i] for i in kept])
    return replace(uncalibrated(vectors, examples, new), thresholds=thresholds)


def uncalibrated(vectors: Vectors, examples: Sequence[Example], new: Bools) -> Heads:
    """Heads learned from all of these messages, without thresholds; `new` as in `learn`."""
    told = [i for i, example in enumerate(examples) if example.level is not Level.NONE]
    level, words = _levels(vectors, examples, new)
    return Heads(
        level=level,
        signals=train_independent(vectors, [example.signals for example in examples], SIGNALS),
        subject=train_exclusive(vectors[told], [examples[i].subject.value for i in told]),
        thresholds={},
        words=words,
    )


def calibrated(
    level: Perceptron, words: Ngrams | None, vectors: Vectors, examples: Sequence[Example]
) -> dict[str, float]:
    """Thresholds chosen on messages that neither layer has learned from."""
    texts = [normalise(example.text) for example in examples]
    guessed = blended(level, words, [text.text for text in texts], vectors)
    thresholds = choose(level.classes, guessed, [example.level for example in examples])
    by_rule = [
        e.level.is_danger and any(not one.excused for one in find(text))
        for e, text in zip(examples, texts, strict=True)
    ]
    thresholds["harmless"] = harmless_from(guessed[:, level.classes.index(Level.NONE.value)], by_rule)
    return thresholds


def _levels(vectors: Vectors, examples: Sequence[Example], new: Bools) -> tuple[Perceptron, Ngrams]:
    levels = [example.level.value for example in examples]
    rows = np.repeat(np.arange(len(levels)), np.where(new & ~new.all(), NEW, 1))
    layer = train_perceptron(vectors[rows], [levels[row] for row in rows])
    return layer, train_ngrams([normalise(e.text).text for e in examples], levels)
