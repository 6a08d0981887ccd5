"""`helpline fine-tune`: what is taught, and what is written down of it; the network itself stands aside."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.commands import fine_tune
from bot.encoder.taught import new_to
from bot.fine_tuning import network
from bot.triage.examples import Example
from bot.triage.learned import LEVELS
from bot.triage.levels import SIGNAL_LEVELS, Level, Subject


class Network:
    """Guesses evenly and learns nothing."""

    def __init__(self, *_: object) -> None: ...

    def epoch(self, *_: object) -> Iterator[float]:
        yield 1.0

    def guesses(self, texts: Sequence[str], _: str) -> np.ndarray:
        return np.full((len(texts), len(LEVELS)), 1 / len(LEVELS))

    def save(self, _: Path) -> None: ...


def example(level: Level, text: str, *, calibration: bool) -> Example:
    signals = tuple(signal for signal, of in SIGNAL_LEVELS.items() if of is level)[:1]
    intent = "faq/alcohol" if level is Level.NONE else level.value
    return Example(text, intent, level, signals, Subject.SELF, "plain", "file", calibration=calibration)


def test_what_was_taught_is_written_down_beside_the_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taught, kept = (
        [example(level, f"{level.value} {kind}", calibration=kind == "kept") for level in Level]
        for kind in ("taught", "kept")
    )
    monkeypatch.setattr(network, "Network", Network)
    monkeypatch.setattr(fine_tune, "read_examples", lambda _: [*taught, *kept])
    monkeypatch.setattr(fine_tune, "export", lambda *_: True)

    assert fine_tune.run(argparse.Namespace(epochs=1, into=tmp_path)) == 0

    assert not new_to(tmp_path, [one.text for one in taught]).any()
    assert new_to(tmp_path, [one.text for one in kept]).all()
