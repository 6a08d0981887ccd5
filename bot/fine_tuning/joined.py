"""Two messages in one, added while training: who says two things has the higher level, and loses nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.fine_tuning.targets import Targets
from bot.triage.learned import LEVELS
from bot.triage.levels import Level

SHARE = 0.15
"""Of the messages, drawn anew in each epoch; each is joined to another one drawn from all."""
RANKS = np.array([Level(name).rank for name in LEVELS])


def joined(texts: Sequence[str], targets: Targets, draw: random.Random) -> tuple[list[str], Targets]:
    """The same number of messages. A joined one has the higher level with its subject, the signals of both, and no
    topic to learn: it may have two.
    """
    made = list(texts)
    level, signals = targets.level.copy(), targets.signals.copy()
    subject, share = targets.subject.copy(), targets.share.copy()
    for i in range(len(texts)):
        if draw.random() >= SHARE:
            continue
        other = draw.randrange(len(texts))
        made[i] = draw.choice((" ", ". ", " also ", "\n")).join(draw.sample((texts[i], texts[other]), 2))
        higher = max((i, other), key=lambda row: RANKS[targets.level[row]])
        level[i], subject[i], share[i] = targets.level[higher], targets.subject[higher], 0
        signals[i] = np.maximum(targets.signals[i], targets.signals[other])
    return made, replace(targets, level=level, signals=signals, subject=subject, share=share)
