"""Ways of reading a message side by side, on training messages left out in turn: `helpline evaluate --compare`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.commands.problem import Problem
from bot.encoder import load_encoder
from bot.evaluation.crossvalidate import Material, Rows, cross_validated, material, readings_of, unseen
from bot.evaluation.figures import share
from bot.evaluation.folds import FOLDS
from bot.evaluation.goals import GOALS, MEASURES, TRAINING_HARD, Judged, of_group
from bot.evaluation.judge import assumed
from bot.evaluation.methods import BOTH, LOGISTIC, METHODS, TAUGHT, Method, Trained
from bot.evaluation.progress import counted
from bot.evaluation.tables import table
from bot.evaluation.vectors import Vectors, is_published, published_encoder
from bot.paths import ROOT, WEIGHTS
from bot.triage.examples import Example
from bot.triage.learned import Floats
from bot.triage.levels import Level, highest
from bot.triage.normalise import normalise
from bot.triage.rules import find
from bot.triage.thresholds import harmless_from, level_of, tails

PAGE = ROOT / "docs" / "decisions" / "0005-comparison.md"
BEGIN, END = "<!-- comparison: written by `helpline evaluate --compare` -->", "<!-- end of comparison -->"
FALSE_ALARMS = {"emergency": 0.02, "danger": 0.075, "help": 0.15}
"""Share of the harmless messages that each method may take for an emergency, for a crisis or more, or be offered help
unasked: the same for all, so that what they find can be compared. Training chooses by chance instead
(`bot.triage.thresholds`), which a method with poor probabilities would make little of.
"""
TIMED = 200
"""Messages whose encoding is timed, one by one."""


@dataclass(frozen=True)
class Result:
    """One way of reading. `train_s`: seconds to train one fold; `message_ms`: to read one message."""

    name: str
    judged: Sequence[Judged]
    train_s: float
    message_ms: float


class Comparison:
    """The same messages, folds and clock for every way of reading whole messages."""

    def __init__(self, of: Material, vectors: Vectors, fold: Rows, encode_ms: float) -> None:
        """`vectors`: one row a message by the encoder compared; `fold`: when each message is left out, if ever."""
        self.of, self.vectors, self.fold, self.encode_ms = of, vectors, fold, encode_ms
        normalised = [normalise(example.text) for example in of.examples]
        began = time.perf_counter()
        self.by_rules = [highest(evidence.level for evidence in find(text)) for text in normalised]
        self.rules_ms = 1000 * (time.perf_counter() - began) / len(normalised)
        self.texts = [text.text for text in normalised]

    def rules(self) -> Result:
        """What the rules see, and nothing else."""
        judged = [(self.of.examples[i], assumed(self.by_rules[i])) for i in np.flatnonzero(self.fold >= 0)]
        return Result("rules alone", judged, 0.0, self.rules_ms)

    def methods(self, method: Method) -> tuple[Result, Result]:
        """A classifier alone, and with the rules; thresholds are chosen on the messages left out in the other folds."""
        probabilities: dict[int, Floats] = {}
        classes: tuple[str, ...] = ()
        train_s = read_s = 0.0
        for number in counted(f"{method.name}, folds", range(FOLDS)):
            train, left_out = self.of.split(number, self.fold)
            began = time.perf_counter()
            trained = Trained(method, self._texts(train), self.vectors[train], self.of.labels[train].tolist())
            middle = time.perf_counter()
            found = trained.probabilities(self._texts(left_out), self.vectors[left_out])
            train_s, read_s = train_s + middle - began, read_s + time.perf_counter() - middle
            probabilities |= dict(zip(left_out.tolist(), found, strict=True))
            classes = trained.classes
        message_ms = 1000 * read_s / len(probabilities) + (self.encode_ms if method.encoder else 0)
        alone, together = self._judged(classes, probabilities)
        return (
            Result(method.name, alone, train_s / FOLDS, message_ms),
            Result(f"rules and {method.name}", together, train_s / FOLDS, message_ms + self.rules_ms),
        )

    def _texts(self, rows: Rows) -> list[str]:
        return [self.texts[i] for i in rows]

    def _thresholds(self, classes: Sequence[str], probabilities: dict[int, Floats], number: int) -> dict[str, float]:
        """The lowest that keep to FALSE_ALARMS on the harmless messages of the other folds."""
        rows = [i for i in probabilities if self.fold[i] != number]
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
            chosen, by_name = thresholds[self.fold[i]], dict(zip(classes, row.tolist(), strict=True))
            scores = {name: float(score[0]) for name, score in tails(classes, row[None]).items()}
            level = level_of(scores, chosen, addiction_over_distress=by_name["addiction"] >= by_name["distress"])
            ruled = self.by_rules[i] if by_name["none"] < chosen["harmless"] else Level.NONE
            alone.append((self.of.examples[i], assumed(level)))
            together.append((self.of.examples[i], assumed(highest((level, ruled)))))
        return alone, together


def compared(examples: Sequence[Example]) -> str:
    """The tables, as Markdown: all training messages, and the part no encoder was trained on."""
    of = material(examples)
    ms = encode_ms(published_encoder(), of)
    frozen = Comparison(of, of.plain, of.fold, ms)
    results = [frozen.rules()]
    for method in METHODS:
        alone, together = frozen.methods(method)
        results += [alone, together] if method is BOTH else [alone]
    parts = [f"{len(of.examples)} training messages, the encoder as published:", _table(results)]
    return "\n\n".join([*parts, *([] if is_published(WEIGHTS) else _fine_tuned(of, ms))])


def _fine_tuned(of: Material, frozen_ms: float) -> list[str]:
    """The encoder in use against the published one, judged on messages neither has seen."""
    fold, ms = unseen(of, WEIGHTS), encode_ms(WEIGHTS, of)
    vectors = np.stack([reading.whole for reading in readings_of(of.examples, WEIGHTS)])
    frozen, taught = Comparison(of, of.plain, fold, frozen_ms), Comparison(of, vectors, fold, ms)
    running = cross_validated(of)
    results = [
        *frozen.methods(LOGISTIC),
        *(result for method in TAUGHT for result in taught.methods(method)),
        Result(
            "rules, fine-tuned encoder and n-grams, long messages in windows: as it runs",
            running.judged,
            running.train_s,
            ms + running.assess_ms,
        ),
    ]
    return [f"The {len(running.judged)} of them that the fine-tuning did not see, the same folds:", _table(results)]


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
