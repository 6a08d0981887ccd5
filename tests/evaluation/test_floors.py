"""Floors: a figure that is worse is named; a file that can't be right is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.evaluate import FLOORS, KNOWN
from bot.commands.problem import Problem
from bot.evaluation.figures import Share
from bot.evaluation.floors import Floors, read_floors

FIGURES = {"crisis_as_danger": Share(96, 100), "hard_offered_unasked": Share(12, 100)}

BROKEN = {
    "all well": ({"crisis_as_danger": 0.96}, {"hard_offered_unasked": 0.12}, []),
    "below": ({"crisis_as_danger": 0.97}, {}, ["crisis_as_danger: 0.9600 is below its floor 0.97"]),
    "above": ({}, {"hard_offered_unasked": 0.1}, ["hard_offered_unasked: 0.1200 is above its limit 0.1"]),
    "not measured": ({"probes_right": 1.0}, {}, []),
}

BAD = {
    "a figure that is none": ("at_least: {crisis_as_dagner: 0.9}", "no figure is named 'crisis_as_dagner'"),
    "a bound that is no share": ("at_least: {crisis_as_danger: 97}", "must be a share from 0 to 1"),
    "another section": ("at_last: {crisis_as_danger: 0.9}", "must hold at_least and at_most"),
    "no YAML": ("at_least: [", "not readable as YAML"),
}


@pytest.mark.parametrize(("at_least", "at_most", "lines"), BROKEN.values(), ids=BROKEN)
def test_broken(at_least: dict[str, float], at_most: dict[str, float], lines: list[str]) -> None:
    assert Floors(at_least, at_most).broken(FIGURES) == lines


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_a_file_that_can_not_be_right(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "floors.yml").write_text(content)
    with pytest.raises(Problem, match=told):
        read_floors(tmp_path / "floors.yml", KNOWN)


def test_the_projects_floors_are_in_form() -> None:
    assert read_floors(FLOORS, KNOWN)
