"""docs/evaluation.md, from what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bot.evaluation import misses
from bot.evaluation.figures import Share, calibration, calibration_error, percentile, share
from bot.evaluation.goals import (
    ALARMS,
    GOALS,
    HELD_OUT_HARD,
    MEASURES,
    TRAINING_HARD,
    WORDS,
    Goal,
    Judged,
    confusion,
    of_group,
    recognised,
)
from bot.evaluation.measured import Measured, topic_of, topic_right
from bot.evaluation.sets import SetResult
from bot.evaluation.tables import percent, shortened, table, written
from bot.triage.examples import VOICES, Example
from bot.triage.levels import BY_URGENCY, SIGNAL_LEVELS, Level, Subject

SHOWN = 160
"""Characters of a missed message."""
GROUPS = {"hard": "harmless but hard", "ordinary": "ordinary (public sets)", "probes": "published probes"}
TAILS = {
    "emergency": (Level.EMERGENCY,),
    "danger": (Level.EMERGENCY, Level.CRISIS),
    "help": tuple(set(Level) - {Level.NONE}),
}
"""The learned part's scores, and the levels each stands for."""

INTRODUCTION = """# Evaluation

Written by `make evaluate`. Judged by the reply that came: its kind, and the numbers it holds (911 before all others in
an emergency, 988 in a crisis, the helpline's in every offer of help). Each message is a conversation of its own.
Intervals are 95 % (Wilson). Nothing is trained, tuned or chosen on the held-out messages; thresholds come from training
data only."""
CONFUSION = "![Rows: what messages are. Columns: the reply that came](pictures/evaluation-confusion.png)"
BY_VOICE = """By voice. Recognised: an emergency or crisis answered as either, an addiction or distress offered the
helpline."""
CALIBRATION = "![Predicted probability against how often it was so](pictures/evaluation-calibration.png)"
CROSS_VALIDATED = """The messages kept for calibration, which others wrote than those the encoder was taught with:
heads from all others, thresholds from the kept ones of the other four folds, near-duplicates together. Judged by level
(no reply is composed here)."""
SETS = """Accepted: a reply of a level that the set calls right, with its numbers. False alarms: of the rows for which
`none` is right and no danger is."""
LEARNING = "![Found at the allowed false alarms, by training messages](pictures/evaluation-learning.png)"
CURVE = """The level's layer on the published encoder's vectors, trained on parts of the examples; of the messages kept
for calibration, the share found at the false alarms that the goals allow (emergency .5 %, danger 2 %, help 12 %).
Where it still rises, more examples help."""


def report(measured: Measured, floors_broken: Sequence[str]) -> str:
    """The whole page."""
    parts = [
        INTRODUCTION,
        table(["", "measured"], list(measured.sources.items())),
        "## Goals",
        _goals(measured),
        *(
            ["Below their floors (evaluation/floors.yml):", "\n".join(f"- {line}" for line in floors_broken)]
            if floors_broken
            else []
        ),
        "## Held-out messages",
        CONFUSION,
        _confusion(measured.held_out),
        BY_VOICE,
        _by_voice(measured.held_out, HELD_OUT_HARD),
        "By signal (a message may have several).",
        _by_signal(measured.held_out),
        "### How far the learned scores can be believed",
        CALIBRATION,
        _calibration(measured.held_out),
        "### Worst misses",
        "Up to ten a level, the furthest off first, with the evidence found and the learned part's scores.",
        *_misses(measured.held_out),
        "## Topics",
        _topics(measured.topics),
        "## Training messages, cross-validated",
        CROSS_VALIDATED,
        _by_level(measured.training, TRAINING_HARD),
        _by_voice(measured.training, TRAINING_HARD),
        *_sets(measured.sets),
        "## Training examples",
        *_counts(measured.examples),
        "### Learning curve",
        LEARNING,
        _curve(measured),
        "## Time",
        _time(measured),
    ]
    return "\n\n".join(parts) + "\n"


def curves(judged: Sequence[Judged]) -> dict[str, list[tuple[float, bool]]]:
    """Per score of the learned part: its value and whether it was so, a pair a message."""
    scored = [(e.level, o.assessment["scores"]) for e, o in judged if o.assessment.get("scores")]
    return {
        name: [(float(scores[name]), level in levels) for level, scores in scored] for name, levels in TAILS.items()
    }


def _goals(measured: Measured) -> str:
    found = measured.figures()
    return table(
        ["messages", "figure", "goal", "reached", "of", ""], [_goal(goal, found.get(goal.key)) for goal in GOALS]
    )


def _goal(goal: Goal, figure: Share | None) -> list[str]:
    sign = "≥" if goal.at_least else "≤"
    head = [GROUPS.get(goal.group, goal.group), WORDS[goal.measure], f"{sign} {percent(goal.bound)}"]
    if figure is None:
        return [*head, "not measured", "", "`make evaluate EVAL=folder`"]
    short = abs(goal.bound - figure.value)
    return [
        *head,
        written(figure),
        str(figure.total),
        "met" if goal.met(figure) else f"**missed by {100 * short:.1f} points**",
    ]


def _confusion(judged: Sequence[Judged]) -> str:
    counts = confusion(judged)
    rows = []
    for true in BY_URGENCY:
        total = sum(counts[true, got] for got in Level)
        rows.append([true.value, *(written(Share(counts[true, got], total)) for got in BY_URGENCY), str(total)])
    return table(["is, answered as", *(got.value for got in BY_URGENCY), "of"], rows)


def _by_level(judged: Sequence[Judged], hard: Sequence[str]) -> str:
    rows = [
        [
            GROUPS.get(goal.group, goal.group),
            WORDS[goal.measure],
            written(share(outcomes, MEASURES[goal.measure])),
            str(len(outcomes)),
        ]
        for goal in GOALS
        if (outcomes := of_group(judged, goal.group, hard))
    ]
    return table(["messages", "figure", "reached", "of"], rows)


def _by_voice(judged: Sequence[Judged], hard: Sequence[str]) -> str:
    levels = [level for level in BY_URGENCY if level is not Level.NONE]
    rows = []
    for voice in VOICES:
        own = [one for one in judged if one[0].voice == voice]
        cells = [written(share([one for one in own if one[0].level is level], recognised)) for level in levels]
        harmless = of_group(own, "hard", hard)
        rows.append([voice, *cells, *(written(share(harmless, MEASURES[measure])) for measure in ALARMS[1:])])
    return table(["voice", *(level.value for level in levels), "harmless: crisis or more", "harmless: offered"], rows)


def _by_signal(judged: Sequence[Judged]) -> str:
    rows = []
    for signal, level in SIGNAL_LEVELS.items():
        own = [one for one in judged if signal in one[0].signals]
        as_emergency = written(share([o for _, o in own], MEASURES["as_emergency"])) if level is Level.EMERGENCY else ""
        rows.append([f"`{signal}`", level.value, written(share(own, recognised)), as_emergency, str(len(own))])
    return table(["signal", "level", "recognised", "as emergency", "of"], rows)


def _calibration(judged: Sequence[Judged]) -> str:
    rows = []
    for name, pairs in curves(judged).items():
        bins = calibration([p for p, _ in pairs], [so for _, so in pairs])
        rows.append(
            [
                f"`{name}`",
                ", ".join(level.value for level in BY_URGENCY if level in TAILS[name]),
                f"{calibration_error(bins):.3f}",
            ]
        )
    return table(["score", "stands for", "mean distance of prediction and truth"], rows)


def _misses(judged: Sequence[Judged]) -> Iterable[str]:
    for level in BY_URGENCY:
        rows = [
            [shortened(e.text, SHOWN), e.voice, o.answered.value, misses.evidence_of((e, o)), misses.scores_of((e, o))]
            for e, o in misses.worst(judged, level)
        ]
        if rows:
            yield f"**{level.value}**"
            yield table(["message", "voice", "answered as", "evidence", "scores"], rows)


def _topics(judged: Sequence[Judged]) -> str:
    unsure = share(judged, lambda one: not topic_right(one) and "unsure" in one[1].kinds)
    right = share(judged, topic_right)
    wrong = Share(right.total - right.hits - unsure.hits, right.total)
    mixed = Counter(
        (topic_of(e), o.topic or "help instead")
        for e, o in judged
        if not topic_right((e, o)) and "unsure" not in o.kinds
    )
    rows = [
        [asked, answered, str(count)]
        for (asked, answered), count in sorted(mixed.items(), key=lambda item: (-item[1], item[0]))[:10]
    ]
    told = f"right topic {written(right)}, asked back {written(unsure)}, another topic {written(wrong)}"
    return f"{len(judged)} questions: {told}.\n\n{table(['asked', 'answered', 'times'], rows)}"


def _sets(results: Sequence[SetResult]) -> Iterable[str]:
    if not results:
        return
    yield "## Sets from elsewhere"
    yield SETS
    rows = []
    for result in results:
        alarms = [written(share(result.harmless, MEASURES[m])) if result.set.harmless else "" for m in ALARMS]
        rows.append([result.set.name, written(result.accepted), str(len(result.set.rows)), *alarms])
    yield table(["set", "accepted", "of", *(WORDS[measure] for measure in ALARMS)], rows)


def _counts(examples: Sequence[Example]) -> Iterable[str]:
    levels = [level.value for level in BY_URGENCY]

    def tally(name: str, keys: Iterable[str], of: Callable[[Example], Iterable[str]]) -> str:
        counts = Counter((key, example.level.value) for example in examples for key in of(example))
        rows = [
            [key, *(str(counts[key, level]) for level in levels), str(sum(counts[key, level] for level in levels))]
            for key in keys
        ]
        return table([name, *levels, "all"], rows)

    yield tally("", ["messages"], lambda _: ["messages"])
    yield tally("voice", VOICES, lambda e: [e.voice])
    yield tally("subject", [subject.value for subject in Subject], lambda e: [e.subject.value])
    yield tally("signal", SIGNAL_LEVELS, lambda e: e.signals)


def _curve(measured: Measured) -> str:
    rows = [[str(point.examples), *(percent(value) for value in point.found.values())] for point in measured.curve]
    return f"{CURVE}\n\n{table(['training messages', *TAILS], rows)}"


def _time(measured: Measured) -> str:
    seconds = [o.seconds for _, o in measured.held_out]
    p50, p95 = (f"{1000 * percentile(seconds, part):.0f} ms" for part in (0.5, 0.95))
    return f"A message, from text to replies, in this run: p50 {p50}, p95 {p95}. `make bench` measures speed with care."
