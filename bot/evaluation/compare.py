"""Ways of reading a message side by side, on training data only: `helpline evaluate --compare`."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.commands.problem import Problem
from bot.encoder import load_encoder
from bot.evaluation.crossvalidate import Material, Rows, cross_validated, material, vectors_of
from bot.evaluation.figures import share
from bot.evaluation.folds import FOLDS
from bot.evaluation.goals import GOALS, MEASURES, TRAINING_HARD, Judged, of_group
from bot.evaluation.judge import assumed
from bot.evaluation.methods import BOTH, METHODS, TAUGHT, Method, Trained
from bot.evaluation.tables import table
from bot.evaluation.vectors import is_published, published_encoder
from bot.paths import ROOT, WEIGHTS
from bot.triage.examples import Example
from bot.triage.learned import Floats
from bot.triage.levels import Level, highest
from bot.triage.normalise import normalise
from bot.triage.rules import find
from bot.triage.thresholds import harmless_from, level_of, tails

PAGE = ROOT / "docs" / "decisions" / "0005-comparison.md"
BEGIN, END = "<!-- comparison: written by `helpline evaluate --compare` -->", "<!-- end of comparison -->"
FALSE_ALARMS = {"emergency": 0.01, "danger": 0.03, "help": 0.12}
"""Share of the harmless messages that each method may take for an emergency, for a crisis or more, or be offered help
unasked: the same for all, so that what they find can be compared. Training chooses by chance instead
(`bot.triage.thresholds`), which a method with poor probabilities would make little of.
"""
TIMED = 200
"""Messages whose encoding is timed, one by one."""


@dataclass(frozen=True)
class Result:
    """One way of reading. `train_s`: seconds to train it; `message_ms`: to read one message."""

    name: str
    judged: Sequence[Judged]
    train_s: float
    message_ms: float


class Comparison:
    """The same messages and clock for every way of reading whole messages: learned from what the encoder is taught
    with, judged on the messages kept for calibration, which others wrote.
    """

    def __init__(self, of: Material, directory: Path) -> None:
        """`directory`: the encoder that is compared."""
        self.of, self.vectors = of, of.plain if is_published(directory) else vectors_of(of, directory)
        self.encode_ms = encode_ms(directory, of)
        self.taught, self.judged = np.flatnonzero(~of.kept), np.flatnonzero(of.kept)
        self.texts = [normalise(example.text).text for example in of.examples]
        began = time.perf_counter()
        self.by_rules = {
            int(i): highest(one.level for one in find(normalise(of.examples[i].text)) if not one.excused)
            for i in self.judged
        }
        self.rules_ms = 1000 * (time.perf_counter() - began) / len(self.judged)

    def rules(self) -> Result:
        """What the rules see, and nothing else."""
        judged = [(self.of.examples[i], assumed(level)) for i, level in self.by_rules.items()]
        return Result("rules alone", judged, 0.0, self.rules_ms)

    def methods(self, method: Method) -> tuple[Result, Result]:
        """A classifier alone, and with the rules; thresholds are chosen on the judged messages of the other folds."""
        print(f"{method.name} …", file=sys.stderr, flush=True)
        began = time.perf_counter()
        labels = self.of.labels[self.taught].tolist()
        trained = Trained(method, self._texts(self.taught), self.vectors[self.taught], labels)
        middle = time.perf_counter()
        found = trained.probabilities(self._texts(self.judged), self.vectors[self.judged])
        train_s, read_s = middle - began, time.perf_counter() - middle
        message_ms = 1000 * read_s / len(self.judged) + (self.encode_ms if method.encoder else 0)
        alone, together = self._judged(trained.classes, dict(zip(self.judged.tolist(), found, strict=True)))
        return (
            Result(method.name, alone, train_s, message_ms),
            Result(f"rules and {method.name}", together, train_s, message_ms + self.rules_ms),
        )

    def _texts(self, rows: Rows) -> list[str]:
        return [self.texts[i] for i in rows]

    def _thresholds(self, classes: Sequence[str], probabilities: dict[int, Floats], number: int) -> dict[str, float]:
        """The lowest that keep to FALSE_ALARMS on the harmless messages of the other folds."""
        rows = [i for i in probabilities if self.of.fold[i] != number]
        guessed, levels = np.stack([probabilities[i] for i in rows]), [self.of.examples[i].level for i in rows]
        told = [level.is_danger and self.by_rules[i] is not Level.NONE for i, level in zip(rows, levels, strict=True)]
        none = guessed[:, list(classes).index(Level.NONE.value)]
        harmless = guessed[[level is Level.NONE for level in levels]]
        scores = tails(classes, harmless)
        kept = {name: float(np.quantile(scores[name], 1 - share)) for name, share in FALSE_ALARMS.items()}
        return {**kept, "harmless": harmless_from(none, told)}

    def _judged(self, classes: Sequence[str], probabilities: dict[int, Floats]) -> tuple[list[Judged], list[Judged]]:
        """The classifier's level, and the higher of it and the rules', which give way to a certain "harmless"."""
        thresholds = [self._thresholds(classes, probabilities, number) for number in range(FOLDS)]
        alone, together = [], []
        for i, row in probabilities.items():
            chosen, by_name = thresholds[self.of.fold[i]], dict(zip(classes, row.tolist(), strict=True))
            scores = {name: float(score[0]) for name, score in tails(classes, row[None]).items()}
            level = level_of(scores, chosen, addiction_over_distress=by_name["addiction"] >= by_name["distress"])
            ruled = self.by_rules[i] if by_name["none"] < chosen["harmless"] else Level.NONE
            alone.append((self.of.examples[i], assumed(level)))
            together.append((self.of.examples[i], assumed(highest((level, ruled)))))
        return alone, together


def compared(examples: Sequence[Example]) -> str:
    """The table, as Markdown: every method with the published encoder, some with the taught one."""
    of = material(examples)
    frozen = Comparison(of, published_encoder())
    results = [frozen.rules()]
    for method in METHODS:
        alone, together = frozen.methods(method)
        results += [alone, together] if method is BOTH else [alone]
    if not is_published(WEIGHTS):
        results += _fine_tuned(of)
    return f"{len(frozen.taught)} messages learned from, {len(frozen.judged)} judged:\n\n{_table(results)}"


def _fine_tuned(of: Material) -> list[Result]:
    taught, running = Comparison(of, WEIGHTS), cross_validated(of)
    as_it_runs = Result(
        "rules, fine-tuned encoder and n-grams, long messages in windows: as it runs",
        running.judged,
        running.train_s,
        taught.encode_ms + running.assess_ms,
    )
    return [*(result for method in TAUGHT for result in taught.methods(method)), as_it_runs]


def encode_ms(directory: Path, of: Material) -> float:
    """Milliseconds to encode one training message, one by one on one core; the median."""
    encoder = load_encoder(directory)
    seconds = []
    for example in of.examples[:: max(len(of.examples) // TIMED, 1)]:
        began = time.perf_counter()
        encoder.encode([normalise(example.text).text])
        seconds.append(time.perf_counter() - began)
    return 1000 * float(np.median(seconds))


def _table(results: Sequence[Result]) -> str:
    goals = [goal for goal in GOALS if goal.group not in ("ordinary", "probes")]
    head = ["", *(f"{goal.group} {goal.measure.replace('_', ' ')}" for goal in goals), "train, s", "message, ms"]
    rows = []
    for result in results:
        cells = [
            f"{100 * share(of_group(result.judged, goal.group, TRAINING_HARD), MEASURES[goal.measure]).value:.1f}"
            for goal in goals
        ]
        rows.append([result.name, *cells, f"{result.train_s:.0f}", f"{result.message_ms:.1f}"])
    goal_row = ["goal", *(f"{'≥' if goal.at_least else '≤'} {100 * goal.bound:g}" for goal in goals), "", "6"]
    return table(head, [goal_row, *rows])


def write(text: str, page: Path = PAGE) -> None:
    """Put the tables between the page's markers. Raises Problem when it has none."""
    content = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, found, rest = content.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise Problem(f"{page}: must hold the lines {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
