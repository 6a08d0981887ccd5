"""The learned part: layers on vectors, saved and loaded without loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from bot.triage.examples import Example
from bot.triage.learned import LEVELS, SIGNALS, Bools, Heads, calibrated, learn, uncalibrated
from bot.triage.levels import Level, Subject
from bot.triage.linear import Linear, train_exclusive, train_independent
from bot.triage.ngrams import train_ngrams, weighed
from bot.triage.thresholds import LEAST_CERTAIN, level_of, tails

CORNERS = np.eye(5, 384, dtype=np.float32)
SIGNAL_OF = {
    "none": (),
    "distress": ("panic",),
    "addiction": ("craving",),
    "crisis": ("abuse",),
    "emergency": ("overdose",),
}


def example(level: str, number: int, intent: str = "") -> Example:
    subject = Subject.SELF if number % 2 else Subject.OTHER
    text = f"{level} message {number}"
    kept = number % 8 == 0
    return Example(text, intent or level, Level(level), SIGNAL_OF[level], subject, "plain", "file", calibration=kept)


def all_new(examples: list[Example]) -> Bools:
    return np.ones(len(examples), dtype=np.bool_)


@pytest.fixture(scope="module")
def heads() -> Heads:
    """Each level lies in a corner of its own."""
    examples = [example(level, number) for level in LEVELS for number in range(600)]
    noise = np.random.default_rng(0).normal(0, 0.02, (len(examples), 384))
    vectors = np.array([CORNERS[LEVELS.index(one.level.value)] for one in examples], dtype=np.float32) + noise
    return learn(np.asarray(vectors, dtype=np.float32), examples, all_new(examples))


def test_each_corner_is_its_level(heads: Heads) -> None:
    probabilities = heads.level.probabilities(CORNERS)
    assert [heads.level.classes[i] for i in probabilities.argmax(axis=1)] == list(LEVELS)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(5))


def test_signals_stand_on_their_own(heads: Heads) -> None:
    probabilities = heads.signals.probabilities(CORNERS)
    likeliest = {LEVELS[row]: SIGNALS[column] for row, column in enumerate(probabilities.argmax(axis=1)) if row}
    assert likeliest == {level: signals[0] for level, signals in SIGNAL_OF.items() if signals}


def test_a_signal_without_an_example_is_never_named(heads: Heads) -> None:
    assert heads.signals.probabilities(CORNERS)[:, SIGNALS.index("grief")].max() < 1e-6


@pytest.mark.parametrize("level", Level)
def test_thresholds_come_with_the_heads_and_tell_the_levels_apart(heads: Heads, level: Level) -> None:
    corner = heads.level.probabilities(CORNERS[[LEVELS.index(level.value)]])
    scores = {name: float(score[0]) for name, score in tails(heads.level.classes, corner).items()}
    assert level_of(scores, heads.thresholds, addiction_over_distress=level is Level.ADDICTION) is level


def test_without_messages_to_calibrate_with_nothing_is_learned() -> None:
    examples = [replace(example(level, number), calibration=False) for level in LEVELS for number in range(40)]
    with pytest.raises(ValueError, match="calibration: true"):
        learn(np.repeat(CORNERS, 40, axis=0), examples, all_new(examples))


def test_thresholds_hang_on_the_messages_kept_for_calibration(heads: Heads) -> None:
    """Kept messages whose harmless ones look like crises ask for a higher score than the others would."""
    examples = [example(level, number) for level in LEVELS for number in range(600)]
    noise = np.random.default_rng(0).normal(0, 0.02, (len(examples), 384))
    corner = [
        "crisis" if one.calibration and one.level is Level.NONE and row % 16 else one.level.value
        for row, one in enumerate(examples)
    ]
    vectors = CORNERS[[LEVELS.index(name) for name in corner]] + noise
    strict = learn(np.asarray(vectors, dtype=np.float32), examples, all_new(examples))
    assert strict.thresholds["danger"] > heads.thresholds["danger"]


def test_what_is_new_to_the_encoder_counts_more() -> None:
    """In one corner lie as many crises as harmless messages: the level of those that are new to the encoder wins."""
    examples = [example(level, number) for level in LEVELS for number in range(600)]
    corner = [0 if one.level is Level.CRISIS else LEVELS.index(one.level.value) for one in examples]

    def harmless(new: Level) -> float:
        marks = np.array([one.level is new for one in examples])
        level = uncalibrated(CORNERS[corner], examples, marks).level
        return float(level.probabilities(CORNERS[:1])[0, level.classes.index("none")])

    assert harmless(Level.NONE) > 0.6 > 0.4 > harmless(Level.CRISIS)


@pytest.mark.parametrize(
    ("text", "counts"), [("he is not breathing", True), ("in the movie he is not breathing", False)]
)
def test_a_rule_is_overruled_only_above_every_danger_that_a_rule_sees(heads: Heads, text: str, *, counts: bool) -> None:
    """Danger that lies among the harmless; where a context excuses its words, the rule is judged otherwise."""
    examples = [example(level, number) for level in LEVELS for number in range(0, 600, 8)]
    vectors = CORNERS[[LEVELS.index(one.level.value) for one in examples]]
    assert examples[-1].level is Level.EMERGENCY
    examples[-1] = replace(examples[-1], text="he is not breathing")
    astray, surely_none = replace(examples[-1], text=text), 3 * CORNERS[:1]
    thresholds = calibrated(heads.level, None, np.vstack([vectors, surely_none]), [*examples, astray])
    harmless = heads.level.probabilities(surely_none)[0, heads.level.classes.index("none")]
    assert harmless > LEAST_CERTAIN
    assert bool(thresholds["harmless"] > harmless) is counts


def test_spanish_is_left_to_its_rules() -> None:
    examples = [example(level, number) for level in LEVELS for number in range(40)]
    spanish = [example("crisis", 1000 + number, intent="spanish") for number in range(200)]
    vectors = np.array([CORNERS[LEVELS.index(one.level.value)] for one in examples], dtype=np.float32)
    astray = np.tile(CORNERS[0], (len(spanish), 1))
    both = examples + spanish
    taught = learn(np.vstack([vectors, astray]), both, all_new(both))
    assert taught.level.classes[int(taught.level.probabilities(CORNERS[:1]).argmax())] == "none"


def test_what_is_saved_is_what_is_loaded(heads: Heads, tmp_path: Path) -> None:
    heads.save(tmp_path)
    loaded = Heads.load(tmp_path)
    assert loaded.thresholds == heads.thresholds
    for name in ("level", "signals", "subject"):
        saved, read = getattr(heads, name), getattr(loaded, name)
        assert read.classes == saved.classes
        assert (read.probabilities(CORNERS) == saved.probabilities(CORNERS)).all()


def test_two_classes_are_told_apart() -> None:
    layer = train_exclusive(CORNERS[[0, 0, 1, 1]], ["no", "no", "yes", "yes"])
    assert layer.classes == ("no", "yes")
    assert layer.probabilities(CORNERS[:2]).argmax(axis=1).tolist() == [0, 1]
    assert layer.probabilities(CORNERS[:2]).sum(axis=1) == pytest.approx([1, 1])


def test_a_rare_class_weighs_as_much_as_it_is_balanced() -> None:
    """Between the two, where nothing speaks for either, only the weight does."""
    between, vectors = (CORNERS[:1] + CORNERS[1:2]) / 2, CORNERS[[0] * 9 + [1]]
    rare = [
        train_exclusive(vectors, ["often"] * 9 + ["rare"], balance=balance).probabilities(between)[0, 1]
        for balance in (0.0, 0.5, 1.0)
    ]
    assert rare[0] < rare[1] < rare[2] == pytest.approx(0.5, abs=0.01)


def test_independent_classes_need_not_share() -> None:
    layer = train_independent(np.tile(CORNERS[:3], (30, 1)), [("a", "b"), ("a",), ()] * 30, ["a", "b"])
    assert (layer.probabilities(CORNERS[:3]) > 0.5).tolist() == [[True, True], [True, False], [False, False]]


def test_huge_scores_stay_probabilities() -> None:
    layer = Linear(("a", "b"), np.full((384, 2), [1e4, -1e4]), np.zeros(2), exclusive=True)
    assert layer.probabilities(CORNERS[:1]).tolist() == [[1.0, 0.0]]


def test_n_grams_are_weighed_as_scikit_learn_does() -> None:
    texts = ["he is not waking", "not waking not waking", "zzz", ""]
    known = CountVectorizer().fit(texts[:2])
    counts = known.transform(texts)
    library = TfidfTransformer(sublinear_tf=True).fit(counts)
    assert weighed(counts, library.idf_).toarray() == pytest.approx(library.transform(counts).toarray())


def test_one_message_is_scored_as_the_matrix_of_all_is() -> None:
    texts = ["he is not waking", "not waking not waking", "he", "zzz", ""]
    words = train_ngrams(texts[:3] * 2, ["a", "b", "c"] * 2).words
    expected = weighed(words.counter.transform(texts), words.idf) @ words.weights
    assert words.scores(texts) == pytest.approx(expected)
    assert np.abs(expected[:2]).min() > 0


def test_n_grams_tell_two_classes_apart() -> None:
    words = train_ngrams(["monday morning", "kitchen table"] * 4, ["early", "late"] * 4)
    assert words.classes == ("early", "late")
    assert words.probabilities(["monday", "kitchen"]).argmax(axis=1).tolist() == [0, 1]
    assert words.probabilities(["monday"]).sum() == pytest.approx(1)
