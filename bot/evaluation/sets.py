"""Sets of other people's messages: tab-separated `text`, `accept` (the levels that are right, joined by |), `source`.

They stay out of this repository.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.problem import Problem
from bot.evaluation.figures import Share, share
from bot.evaluation.goals import ALARMS, MEASURES
from bot.evaluation.judge import Outcome
from bot.triage.levels import Level

COLUMNS = ["text", "accept", "source"]
ORDINARY = ("clinc150", "banking_withdrawal", "consumer_health")
PROBES = "published_probes"


@dataclass(frozen=True)
class Row:
    """One message and the levels that are right for it."""

    text: str
    accept: frozenset[Level]
    source: str

    @property
    def harmless(self) -> bool:
        """An alarm is wrong: `none` is right and no danger is."""
        return Level.NONE in self.accept and not any(level.is_danger for level in self.accept)

    def right(self, outcome: Outcome) -> bool:
        """A reply of a level that is right, with the numbers it must hold."""
        return outcome.answered in self.accept and outcome.complete


@dataclass(frozen=True)
class MessageSet:
    """The rows of one file, by its name without the ending."""

    name: str
    rows: tuple[Row, ...]

    @property
    def harmless(self) -> bool:
        """A set in which `none` is always right."""
        return all(Level.NONE in row.accept for row in self.rows)


def read_sets(folder: Path) -> list[MessageSet]:
    """Every *.tsv of the folder, by name. Raises Problem that says which file and line is not in form."""
    if not folder.is_dir():
        raise Problem(f"{folder}: no such folder")
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise Problem(f"{folder}: holds no .tsv file")
    return [read_set(file) for file in files]


def read_set(file: Path) -> MessageSet:
    """One file. A quotation mark is a character like any other. Raises Problem."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise Problem(f"{file}: is not UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise Problem(f"{file}: can't be read: {error.strerror}") from error
    if lines[0].rstrip("\r").split("\t") != COLUMNS:
        raise Problem(f"{file}: line 1 must be the columns {', '.join(COLUMNS)}, with a tab between them")
    rows = tuple(
        _row(line.rstrip("\r"), f"{file}: line {number}") for number, line in enumerate(lines[1:], 2) if line.strip()
    )
    if not rows:
        raise Problem(f"{file}: holds no message")
    return MessageSet(file.stem, rows)


def _row(line: str, where: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise Problem(
            f"{where}: has {len(cells)} columns, not {len(COLUMNS)} ({', '.join(COLUMNS)}, with a tab between them)"
        )
    if not cells[0].strip():
        raise Problem(f"{where}: has no text")
    try:
        accept = frozenset(Level(name.strip()) for name in cells[1].split("|"))
    except ValueError as error:
        raise Problem(
            f"{where}: accept must be of {', '.join(level.value for level in Level)}, joined by |, not {cells[1]!r}"
        ) from error
    return Row(cells[0], accept, cells[2])


@dataclass(frozen=True)
class SetResult:
    """A set and what came of each of its rows."""

    set: MessageSet
    outcomes: tuple[Outcome, ...]

    @property
    def accepted(self) -> Share:
        """Messages that got a right level with its numbers."""
        return share(zip(self.set.rows, self.outcomes, strict=True), lambda pair: pair[0].right(pair[1]))

    @property
    def harmless(self) -> list[Outcome]:
        """Outcomes of the rows where an alarm is wrong."""
        return [outcome for row, outcome in zip(self.set.rows, self.outcomes, strict=True) if row.harmless]


def set_figures(results: Sequence[SetResult]) -> dict[str, Share]:
    """The figures of the goals for ordinary messages and published probes, as far as the sets are there."""
    found: dict[str, Share] = {}
    ordinary = [outcome for result in results if result.set.name in ORDINARY for outcome in result.harmless]
    for measure in ALARMS if ordinary else ():
        found[f"ordinary_{measure}"] = share(ordinary, MEASURES[measure])
    for result in results:
        if result.set.name == PROBES:
            found["probes_right"] = result.accepted
    return found
