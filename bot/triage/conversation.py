"""What the conversation before a message adds to its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.triage.data import load
from bot.triage.levels import Level, Subject, highest

DESPAIR = {"suicidal_thoughts", "suicide_imminent", "past_attempt", "self_harm", "lethal_means", "hopelessness"}
VIOLENT = {"abuse", "harm_to_others", "child_at_risk", "violence_now"}
RECENT = 6
"""Turns. Despair this many turns ago still colours a question about means."""


@dataclass(frozen=True)
class Turn:
    """One earlier message of the person, as it was assessed."""

    level: Level
    signals: tuple[str, ...] = ()
    subject: Subject = Subject.UNKNOWN
    need: str = ""


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
    def recent_danger(self) -> Level:
        """The highest level of the last two turns."""
        return highest(turn.level for turn in self.turns[-2:])

    @property
    def danger_fresh(self) -> bool:
        """A crisis or emergency within the last two turns."""
        return self.recent_danger.is_danger

    @property
    def danger_meant(self) -> str:
        """What "yes" to "are you in danger now?" says: violence where the turn before told of it, else suicide."""
        told = set(self.turns[-1].signals) if self.turns else set()
        return "violence_now" if told & VIOLENT and not told & DESPAIR else "suicide_imminent"


FIRST = Conversation()


@cache
def _said(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("turns")[kind]))


def says(kind: str, text: str) -> bool:
    """Whether the normalised message is a yes, no, retraction, refusal, means_question or parting of data/turns.yml."""
    return bool(_said(kind).search(text))


def turns_of(assessments: Sequence[dict[str, Any]]) -> tuple[Turn, ...]:
    """Turns from assessments as they lie in a tracker (`Assessment.as_json`); anything that is none of these is read as
    a quiet turn.
    """
    return tuple(_turn(assessment) for assessment in assessments)


def _turn(assessment: dict[str, Any]) -> Turn:
    try:
        level, subject = Level(assessment.get("level", "none")), Subject(assessment.get("subject", "unknown"))
    except ValueError:
        return Turn(Level.NONE)
    return Turn(level, tuple(map(str, assessment.get("signals") or ())), subject, str(assessment.get("need", "")))
