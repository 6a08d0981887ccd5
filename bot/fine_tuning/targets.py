"""What the encoder is taught to tell apart, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.triage.examples import Example
from bot.triage.learned import LEVELS, SIGNALS, SUBJECTS
from bot.triage.levels import Level

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Targets:
    """One row a message. `subject` is -1 where there is no signal whose subject could be asked."""

    level: Ints
    signals: npt.NDArray[np.float32]
    subject: Ints
    label: Ints
    share: npt.NDArray[np.float32]
    """How much a message counts when labels are learned: one over the square root of its label's messages, 1 on the
    average. Otherwise the few dozen examples of a topic drown among the thousands that only tell.
    """


def targets_of(examples: Sequence[Example], labels: Sequence[str]) -> Targets:
    """`labels` are the classes of `Example.label`, in the order of their numbers."""
    signals = np.zeros((len(examples), len(SIGNALS)), dtype=np.float32)
    for row, example in enumerate(examples):
        signals[row, [SIGNALS.index(signal) for signal in example.signals]] = 1
    label = np.array([labels.index(example.label) for example in examples], dtype=np.int32)
    share = 1 / np.sqrt(np.bincount(label, minlength=len(labels))[label])
    return Targets(
        level=np.array([LEVELS.index(example.level.value) for example in examples], dtype=np.int32),
        signals=signals,
        subject=np.array(
            [-1 if e.level is Level.NONE else SUBJECTS.index(e.subject.value) for e in examples], dtype=np.int32
        ),
        label=label,
        share=(share / share.mean()).astype(np.float32),
    )
