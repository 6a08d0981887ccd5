"""`helpline evaluate`: where each goal stands. Exit code 1 when a figure falls below its floor."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.load import load
from bot.commands.problem import Problem
from bot.evaluation import compare, plots
from bot.evaluation.crossvalidate import cross_validated, learning_curve, material
from bot.evaluation.figures import calibration
from bot.evaluation.floors import read_floors
from bot.evaluation.goals import FIGURES, confusion, key
from bot.evaluation.judge import judge
from bot.evaluation.measured import Measured, sources
from bot.evaluation.progress import counted
from bot.evaluation.report import curves, report
from bot.evaluation.sets import MessageSet, SetResult, read_sets
from bot.paths import NLU_DATA, ROOT
from bot.runtime import Runtime
from bot.triage.examples import Example, ExampleError, read_examples

HELD_OUT = ROOT / "evaluation" / "heldout"
FLOORS = ROOT / "evaluation" / "floors.yml"
PAGE = ROOT / "docs" / "evaluation.md"
PICTURES = ROOT / "docs" / "pictures"
KNOWN = {f"{prefix}{key(group, measure)}" for group, measure in FIGURES for prefix in ("", "cv_")} | {"topics_right"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--eval, --compare."""
    parser.add_argument(
        "--eval", type=Path, metavar="FOLDER", help="also measure the sets (*.tsv: text, accept, source) of this folder"
    )
    parser.add_argument(
        "--compare",
        action="store_true",
        help="instead: compare ways of reading, on training data only; writes the table of docs/decisions/0005",
    )


def run(options: argparse.Namespace) -> int:
    """Write the page and its pictures; 1 when a figure fell below its floor."""
    if options.compare:
        compare.write(compare.compared(_examples(NLU_DATA)))
        return 0
    sets = read_sets(options.eval) if options.eval else []
    floors = read_floors(FLOORS, KNOWN)
    measured = _measure(sets)
    broken = floors.broken(measured.figures())
    _draw(measured)
    PAGE.write_text(report(measured, broken), encoding="utf-8")
    print(f"written to {PAGE.relative_to(ROOT)}")
    for line in broken:
        print(f"helpline: {line}", file=sys.stderr)
    return 1 if broken else 0


def _measure(sets: list[MessageSet]) -> Measured:
    held_out, examples = _examples(HELD_OUT), _examples(NLU_DATA)
    runtime = load()
    outcomes = judge(runtime, counted("held-out messages", [example.text for example in held_out]))
    results = tuple(_judged_set(runtime, one) for one in sets)
    of = material(examples)
    return Measured(
        held_out=tuple(zip(held_out, outcomes, strict=True)),
        sets=results,
        training=tuple(cross_validated(of).judged),
        curve=tuple(learning_curve(of)),
        examples=tuple(examples),
        sources=sources(HELD_OUT, len(held_out), len(examples)),
    )


def _judged_set(runtime: Runtime, one: MessageSet) -> SetResult:
    return SetResult(one, tuple(judge(runtime, counted(one.name, [row.text for row in one.rows]))))


def _examples(folder: Path) -> list[Example]:
    try:
        examples = read_examples(folder)
    except (ExampleError, OSError) as error:
        raise Problem(str(error)) from error
    if not examples:
        raise Problem(f"{folder}: holds no examples")
    return examples


def _draw(measured: Measured) -> None:
    plots.confusion(confusion(measured.held_out), PICTURES / "evaluation-confusion.png")
    bins = {
        name: calibration([p for p, _ in pairs], [so for _, so in pairs])
        for name, pairs in curves(measured.held_out).items()
    }
    plots.calibration(bins, PICTURES / "evaluation-calibration.png")
    found = {name: [point.found[name] for point in measured.curve] for name in bins}
    plots.learning([point.examples for point in measured.curve], found, PICTURES / "evaluation-learning.png")
