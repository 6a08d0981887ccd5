"""Folds, and the figures that come of judged messages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bot.commands.problem import Problem
from bot.evaluation.compare import BEGIN, END, write
from bot.evaluation.crossvalidate import ALLOWED, COLUMNS, found_at_allowed
from bot.evaluation.figures import Share
from bot.evaluation.folds import FOLDS, folds, groups
from bot.evaluation.goals import figures
from bot.evaluation.judge import Outcome, assumed
from bot.evaluation.misses import worst
from bot.evaluation.vectors import Vectors
from bot.triage.examples import Example
from bot.triage.levels import Level, Subject


def example(level: Level, file: str = "x", text: str = "hi") -> Example:
    return Example(text, level.value, level, (), Subject.SELF, "plain", file)


def unit(*angles: float) -> Vectors:
    return np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)


def test_messages_alike_by_one_in_between_are_one_group() -> None:
    assert groups(unit(0.0, 1.5, 0.4, 0.8)) == [0, 1, 0, 0]


def test_folds_keep_groups_and_spread_levels() -> None:
    examples = [example(level) for level in Level for _ in range(20)]
    together = [i - i % 2 for i in range(100)]
    found = folds(examples, together)
    assert found == folds(examples, together)
    assert all(found[i] == found[i + 1] for i in range(0, 100, 2))
    assert all(Counter(found[n : n + 20]) == dict.fromkeys(range(FOLDS), 4) for n in range(0, 100, 20))


def test_found_at_the_allowed_false_alarms() -> None:
    assert ALLOWED == {"emergency": 0.005, "danger": 0.02, "help": 0.12}
    labels = np.array(["none"] * 100 + ["emergency", "crisis"])
    probabilities = np.zeros((102, len(COLUMNS)))
    probabilities[:, COLUMNS.index("none")] = 1.0
    probabilities[100] = np.eye(len(COLUMNS))[COLUMNS.index("emergency")]
    assert found_at_allowed(labels, probabilities) == {"emergency": 1.0, "danger": 0.5, "help": 0.5}


def test_figures_of_judged_messages() -> None:
    judged = [
        (example(Level.EMERGENCY), assumed(Level.CRISIS)),
        (example(Level.EMERGENCY), Outcome(Level.EMERGENCY, complete=False, offered=True)),
        (example(Level.ADDICTION), assumed(Level.EMERGENCY)),
        (example(Level.NONE, "hard"), Outcome(Level.EMERGENCY, complete=False)),
        (example(Level.NONE, "easy"), assumed(Level.CRISIS)),
    ]
    found = figures(judged, ["hard"])
    assert found == {
        "emergency_as_emergency": Share(0, 2),
        "emergency_as_danger": Share(1, 2),
        "addiction_offered": Share(1, 1),
        "addiction_taken_for_emergency": Share(1, 1),
        "addiction_taken_for_crisis": Share(1, 1),
        "hard_taken_for_emergency": Share(1, 1),
        "hard_taken_for_crisis": Share(1, 1),
        "hard_offered_unasked": Share(0, 1),
    }


def test_the_worst_misses_come_first() -> None:
    near = (example(Level.EMERGENCY, text="near"), Outcome(Level.CRISIS, assessment={"scores": {"emergency": 0.4}}))
    far = (example(Level.EMERGENCY, text="far"), Outcome(Level.NONE, assessment={"scores": {"emergency": 0.3}}))
    well = (example(Level.EMERGENCY, text="well"), assumed(Level.EMERGENCY))
    assert [e.text for e, _ in worst([near, well, far], Level.EMERGENCY)] == ["far", "near"]


def test_the_table_goes_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write("new", page)
    assert page.read_text() == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    page.write_text("no markers")
    with pytest.raises(Problem, match="must hold the lines"):
        write("new", page)
