"""The floors below which a figure may not fall: evaluation/floors.yml, edited by hand, upwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.commands.problem import Problem
from bot.evaluation.figures import Share

SECTIONS = ("at_least", "at_most")


@dataclass(frozen=True)
class Floors:
    """Bounds by the figure's name; `at_most` is for false alarms."""

    at_least: Mapping[str, float]
    at_most: Mapping[str, float]

    def broken(self, figures: Mapping[str, Share]) -> list[str]:
        """A line for each figure that is worse than its bound; one that was not measured this time is passed over."""
        lines = []
        for name, bound in self.at_least.items():
            if name in figures and figures[name].value < bound:
                lines.append(f"{name}: {figures[name].value:.4f} is below its floor {bound:g}")
        for name, bound in self.at_most.items():
            if name in figures and figures[name].value > bound:
                lines.append(f"{name}: {figures[name].value:.4f} is above its limit {bound:g}")
        return lines


def read_floors(file: Path, known: set[str]) -> Floors:
    """The file's bounds. Raises Problem for a name that is no figure, or a bound that is no share."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Problem(f"{file}: not readable as YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(content, dict) or set(content) - set(SECTIONS):
        raise Problem(f"{file}: must hold {' and '.join(SECTIONS)}, each with figures and their bounds")
    bounds = {section: content.get(section) or {} for section in SECTIONS}
    for section in SECTIONS:
        for name, bound in bounds[section].items():
            if name not in known:
                raise Problem(f"{file}: {section}: no figure is named {name!r}")
            if not isinstance(bound, (int, float)) or not 0 <= bound <= 1:
                raise Problem(f"{file}: {section}: {name} must be a share from 0 to 1, not {bound!r}")
    return Floors(**bounds)
