"""What an encoder was taught with is known again."""

from __future__ import annotations

from pathlib import Path

from bot.encoder.taught import new_to, remember
from bot.paths import NLU_DATA, WEIGHTS
from bot.triage.examples import read_examples


def test_what_was_taught_is_not_new(tmp_path: Path) -> None:
    remember(tmp_path, ["kitchen", "monday 😭", "kitchen"])
    assert new_to(tmp_path, ["monday 😭", "monday", "kitchen"]).tolist() == [False, True, False]


def test_all_is_new_to_an_encoder_that_was_taught_nothing(tmp_path: Path) -> None:
    assert new_to(tmp_path, ["a", "b"]).tolist() == [True, True]


def test_the_encoder_was_taught_with_examples_and_with_none_kept_for_calibration() -> None:
    examples = read_examples(NLU_DATA)
    new = dict(zip([one.text for one in examples], new_to(WEIGHTS, [one.text for one in examples]), strict=True))
    assert all(new[one.text] for one in examples if one.calibration)
    assert sum(not new[one.text] for one in examples) > 40_000
