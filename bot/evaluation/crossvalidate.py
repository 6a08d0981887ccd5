"""The learned part judged on the messages kept for calibration, which nothing of it was trained on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.encoder import load_encoder
from bot.encoder.taught import new_to
from bot.evaluation.folds import FOLDS, folds, groups
from bot.evaluation.goals import ALARMS, GOALS, Judged
from bot.evaluation.judge import assumed
from bot.evaluation.progress import counted
from bot.evaluation.vectors import RememberingEncoder, Vectors, published_encoder, wholes
from bot.paths import WEIGHTS
from bot.triage.examples import Example
from bot.triage.learned import LEVELS, SPANISH, Floats, calibrated, uncalibrated
from bot.triage.linear import train_exclusive
from bot.triage.reader import assess, read
from bot.triage.thresholds import tails

Rows = npt.NDArray[np.intp]
COLUMNS = tuple(sorted(LEVELS))
PARTS = (0.25, 0.5, 0.75, 1.0)
_BOUNDS = [goal.bound for measure in ALARMS for goal in GOALS if (goal.group, goal.measure) == ("hard", measure)]
ALLOWED = dict(zip(("emergency", "danger", "help"), _BOUNDS, strict=True))
"""Per tail of the learned part, the share of harmless messages that the goals let pass for it."""


@dataclass(frozen=True)
class Material:
    """The training messages, with their vectors, and the fold each is in."""

    examples: tuple[Example, ...]
    plain: Vectors
    """One row a message by the encoder as published, which has seen none of them."""
    fold: Rows

    @property
    def labels(self) -> npt.NDArray[np.str_]:
        """The level of each message."""
        return np.array([example.level.value for example in self.examples])

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        """Which messages are kept for calibration."""
        return np.array([example.calibration for example in self.examples])


def material(examples: Sequence[Example]) -> Material:
    """Read the examples (a minute; the vectors are kept for the next time) and deal them into folds.

    Spanish is left out: its level comes from rules alone.
    """
    learned = tuple(example for example in examples if example.intent != SPANISH)
    encoder = RememberingEncoder(published_encoder())
    plain = wholes("reading training messages", [example.text for example in learned], encoder)
    encoder.save()
    return Material(learned, plain, np.array(folds(learned, groups(plain))))


def vectors_of(of: Material, directory: Path) -> Vectors:
    """One row a message by this encoder."""
    encoder = RememberingEncoder(directory)
    found = wholes("reading training messages as it runs", [example.text for example in of.examples], encoder)
    encoder.save()
    return found


@dataclass(frozen=True)
class Validated:
    """`judged`: each kept message. Seconds to train the heads, milliseconds to assess a message already encoded."""

    judged: list[Judged]
    train_s: float
    assess_ms: float


def cross_validated(of: Material, directory: Path = WEIGHTS) -> Validated:
    """Rules and learned part as they run, on the messages kept for calibration: heads from all others, thresholds from
    the kept ones of the other folds.
    """
    vectors, encoder = vectors_of(of, directory), load_encoder(directory)
    began = time.perf_counter()
    learned = [example for example in of.examples if not example.calibration]
    heads = uncalibrated(vectors[~of.kept], learned, new_to(directory, [example.text for example in learned]))
    train_s, assess_s = time.perf_counter() - began, 0.0
    judged: list[Judged] = []
    for number in counted("cross-validation, folds", range(FOLDS)):
        others = np.flatnonzero(of.kept & (of.fold != number))
        thresholds = calibrated(heads.level, heads.words, vectors[others], [of.examples[i] for i in others])
        left_out = [of.examples[i] for i in np.flatnonzero(of.kept & (of.fold == number))]
        readings = [read(example.text, encoder) for example in left_out]
        began = time.perf_counter()
        levels = [assess(reading, replace(heads, thresholds=thresholds)).level for reading in readings]
        assess_s += time.perf_counter() - began
        judged += [(example, assumed(level)) for example, level in zip(left_out, levels, strict=True)]
    return Validated(judged, train_s, 1000 * assess_s / len(judged))


@dataclass(frozen=True)
class Point:
    """How much is found when the level's layer is trained on a part of the examples.

    `found`: of the messages a tail stands for, the share scored above what all but ALLOWED of the harmless ones score.
    """

    examples: int
    found: dict[str, float]


def learning_curve(of: Material) -> list[Point]:
    """Trained on growing parts of the messages the encoder is taught with, judged on those kept for calibration, which
    others wrote; on the published encoder's vectors of the whole.
    """
    order = np.random.default_rng(0).permutation(np.flatnonzero(~of.kept))
    return [_point(of, order[: round(part * len(order))]) for part in counted("learning curve, parts", PARTS)]


def _point(of: Material, train: Rows) -> Point:
    layer = train_exclusive(of.plain[train], of.labels[train].tolist())
    return Point(len(train), found_at_allowed(of.labels[of.kept], layer.probabilities(of.plain[of.kept])))


def found_at_allowed(labels: npt.NDArray[np.str_], probabilities: Floats) -> dict[str, float]:
    """Per tail, the share found at the allowed false alarms: a figure that no choice of threshold can flatter.

    `probabilities`: (messages, COLUMNS).
    """
    harmless = labels == "none"
    meant = {"emergency": labels == "emergency", "danger": np.isin(labels, ["emergency", "crisis"]), "help": ~harmless}
    return {
        name: float(np.mean(scores[meant[name]] > np.quantile(scores[harmless], 1 - ALLOWED[name])))
        for name, scores in tails(COLUMNS, probabilities).items()
    }
