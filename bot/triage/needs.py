"""Which reply of a level fits: from signals and subject, by the first line of data/needs.yml that holds."""

from __future__ import annotations

from collections.abc import Collection

from bot.triage.data import load
from bot.triage.levels import Level, Subject


def need_of(level: Level, signals: Collection[str], subject: Subject, told_by_rules: Collection[str] = ()) -> str:
    """Name of the reply within the level; "" at level none.

    `told_by_rules`: needs named by matching rules, which know more than the signals do (opioid toxicity, a child).
    """
    lines = load("needs").get(level.value, [])
    told = [line for line in lines if line["need"] in told_by_rules]
    fitting = told or [line for line in lines if _holds(line, signals, subject)]
    return str(fitting[0]["need"]) if fitting else ""


def all_needs() -> dict[str, list[str]]:
    """Every need, by level."""
    return {level: [line["need"] for line in lines] for level, lines in load("needs").items()}


def _holds(line: dict[str, object], signals: Collection[str], subject: Subject) -> bool:
    if line.get("rule"):
        return False
    if "signals" in line and not set(line["signals"]) & set(signals):  # type: ignore[call-overload]
        return False
    return "subject" not in line or line["subject"] == subject.value
