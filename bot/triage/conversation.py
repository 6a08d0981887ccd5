"""What the conversation before a message adds to its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.triage.data import load
from bot.triage.levels import Level, highest

DESPAIR = {"suicidal_thoughts", "suicide_imminent", "past_attempt", "self_harm", "lethal_means", "hopelessness"}
RECENT = 6
"""Turns. Despair this many turns ago still colours a question about means."""


@dataclass(frozen=True)
class Turn:
    """One earlier message of the person, as it was assessed."""

    level: Level
    signals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conversation:
    """The turns before a message, oldest first, and what the last reply asked (`danger_now`, or nothing)."""

    turns: tuple[Turn, ...] = ()
    asked: str = ""

    @property
    def highest(self) -> Level:
        """The conversation's level: it never falls."""
        return highest(turn.level for turn in self.turns)

    @property
    def last(self) -> Level:
        """Level of the message before; `none` for the first."""
        return self.turns[-1].level if self.turns else Level.NONE

    @property
    def recent_despair(self) -> bool:
        """Somebody who spoke of wanting to die, or of no hope, a few turns ago."""
        return any(DESPAIR & set(turn.signals) for turn in self.turns[-RECENT:])

    @property
    def danger_fresh(self) -> bool:
        """A crisis or emergency within the last two turns."""
        return highest(turn.level for turn in self.turns[-2:]).is_danger


FIRST = Conversation()


@lru_cache(maxsize=None)
def _said(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("turns")[kind]))


def says(kind: str, text: str) -> bool:
    """Whether the normalised message is a yes, no, retraction, refusal or means_question of data/turns.yml."""
    return bool(_said(kind).search(text))


def turns_of(assessments: Sequence[dict[str, object]]) -> tuple[Turn, ...]:
    """Turns from assessments as they lie in a tracker (`Assessment.as_json`); anything that is none of these is read as a quiet turn."""
    found = []
    for assessment in assessments:
        signals = assessment.get("signals", ())
        try:
            level = Level(str(assessment.get("level", "none")))
        except ValueError:
            level = Level.NONE
        found.append(Turn(level, tuple(map(str, signals)) if isinstance(signals, (list, tuple)) else ()))
    return tuple(found)
