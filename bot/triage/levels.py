"""The names everything else uses: levels, signals, subjects and the assessment of a message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Level(str, Enum):
    """How urgent a message is; compare with `rank`, highest first in `BY_URGENCY`."""

    NONE = "none"
    DISTRESS = "distress"
    ADDICTION = "addiction"
    CRISIS = "crisis"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for none to 4 for emergency."""
        return list(Level).index(self)

    @property
    def is_danger(self) -> bool:
        """A life may be at risk: the reply holds nothing but the help."""
        return self in (Level.CRISIS, Level.EMERGENCY)


BY_URGENCY = tuple(reversed(Level))


def highest(levels: Iterable[Level]) -> Level:
    """The most urgent of them; `none` for no levels."""
    return max(levels, key=lambda level: level.rank, default=Level.NONE)


class Subject(str, Enum):
    """Whose life a signal is about."""

    SELF = "self"
    OTHER = "other"
    UNKNOWN = "unknown"


SIGNAL_LEVELS: dict[str, Level] = {
    "overdose": Level.EMERGENCY,
    "medical_emergency": Level.EMERGENCY,
    "suicide_imminent": Level.EMERGENCY,
    "violence_now": Level.EMERGENCY,
    "suicidal_thoughts": Level.CRISIS,
    "past_attempt": Level.CRISIS,
    "self_harm": Level.CRISIS,
    "lethal_means": Level.CRISIS,
    "abuse": Level.CRISIS,
    "harm_to_others": Level.CRISIS,
    "child_at_risk": Level.CRISIS,
    "withdrawal": Level.ADDICTION,
    "craving": Level.ADDICTION,
    "loss_of_control": Level.ADDICTION,
    "misuse": Level.ADDICTION,
    "relapse": Level.ADDICTION,
    "treatment_seeking": Level.ADDICTION,
    "concern_for_other": Level.ADDICTION,
    "hopelessness": Level.DISTRESS,
    "panic": Level.DISTRESS,
    "overwhelmed": Level.DISTRESS,
    "loneliness": Level.DISTRESS,
    "grief": Level.DISTRESS,
    "severe_pain": Level.DISTRESS,
    "wants_human": Level.DISTRESS,
}
"""Every signal there is, with the level it stands for on its own, most urgent first."""


@dataclass(frozen=True)
class Evidence:
    """The words a signal rests on.

    `start` and `end` are character offsets into the message as it was given (the stored text), `end` exclusive.
    `source` names the rule, or "learned".
    """

    signal: str
    level: Level
    start: int
    end: int
    source: str
    subject: Subject = Subject.UNKNOWN
    need: str = ""
    figurative: bool = False
    """Of a rule whose words are also said in jest or of everyday things."""
    excused: bool = False
    """Of a rule of danger: something around its words may say that no life is meant (contexts.yml)."""


@dataclass(frozen=True)
class Assessment:
    """What one message says, read with the conversation before it."""

    level: Level = Level.NONE
    signals: tuple[str, ...] = ()
    subject: Subject = Subject.UNKNOWN
    evidence: tuple[Evidence, ...] = ()
    need: str = ""
    """Which reply of the level fits, a name of needs.yml; empty at level none."""
    why: str = ""
    """Which of the decision's rules settled it, for people who read the log."""
    scores: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types only: Rasa's tracker stores can't save anything else."""
        return {
            "level": self.level.value,
            "signals": list(self.signals),
            "subject": self.subject.value,
            "evidence": [
                {"signal": e.signal, "start": e.start, "end": e.end, "source": e.source} for e in self.evidence
            ],
            "need": self.need,
            "why": self.why,
            "scores": {name: round(float(value), 4) for name, value in self.scores.items()},
        }
