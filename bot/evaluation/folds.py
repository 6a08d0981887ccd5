"""Which training messages are left out together."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.evaluation.vectors import Vectors, near_within
from bot.triage.examples import Example

FOLDS = 5
ALIKE = 0.9
"""Cosine above which two messages go into the same fold, so that none is judged by a model that has seen its twin."""


def groups(vectors: Vectors) -> list[int]:
    """For each message the first that it is alike to, directly or by others in between; itself when it is alone."""
    first = list(range(len(vectors)))

    def root(i: int) -> int:
        while first[i] != i:
            i = first[i]
        return i

    for i, j, _ in near_within(vectors, ALIKE):
        a, b = sorted((root(i), root(j)))
        first[b] = a
    return [root(i) for i in range(len(vectors))]


def folds(examples: Sequence[Example], group: Sequence[int]) -> list[int]:
    """A fold (0 to FOLDS - 1) for each message: groups whole, every level spread evenly, the same each time."""
    members: dict[int, list[int]] = {}
    for i, head in enumerate(group):
        members.setdefault(head, []).append(i)
    chosen = [0] * len(examples)
    for level in sorted({example.level.value for example in examples}):
        heads = [head for head in members if examples[head].level.value == level]
        random.Random(level).shuffle(heads)  # noqa: S311 (a draw of messages, not a secret)
        for place, head in enumerate(heads):
            for i in members[head]:
                chosen[i] = place % FOLDS
    return chosen
