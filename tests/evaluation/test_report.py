"""The page that `make evaluate` writes."""

from __future__ import annotations

from bot.evaluation.judge import Outcome, assumed
from bot.evaluation.measured import Measured
from bot.evaluation.report import report
from bot.triage.examples import Example
from bot.triage.levels import Level, Subject


def example(level: Level) -> Example:
    return Example("hi", level.value, level, (), Subject.SELF, "plain", "x")


def page(*judged: tuple[Example, Outcome], broken: tuple[str, ...] = ()) -> str:
    return report(Measured(judged, (), judged, (), (), {"commit": "abc"}), broken)


def test_what_each_level_was_answered_as() -> None:
    needs = [
        (example(Level.ADDICTION), assumed(Level.EMERGENCY)),
        (example(Level.ADDICTION), assumed(Level.ADDICTION)),
        (example(Level.ADDICTION), Outcome(Level.CRISIS, complete=False)),
        (example(Level.ADDICTION), assumed(Level.CRISIS)),
    ]
    row = next(line for line in page(*needs).splitlines() if line.startswith("| addiction | 25.0 %"))
    assert [cell.split(" (")[0].strip() for cell in row.split("|")[1:-1]] == [
        "addiction",
        *("25.0 %", "25.0 %", "25.0 %", "0.0 %", "25.0 %"),
        "4",
    ]


def test_what_fell_below_its_floor_is_said() -> None:
    assert "- crisis_as_danger: 0.9 is below its floor 0.96" in page(
        broken=("crisis_as_danger: 0.9 is below its floor 0.96",)
    )
    assert "Below their floors" not in page()
