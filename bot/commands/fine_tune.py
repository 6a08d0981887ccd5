"""`helpline fine-tune`: the encoder's weights for bot/encoder/weights, from the published ones and data/nlu."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.encoder.export import export
from bot.encoder.source import checked_directory
from bot.encoder.taught import remember
from bot.nlu.choice import FAQ
from bot.paths import NLU_DATA, ROOT, WEIGHTS
from bot.settings import read_settings
from bot.triage.examples import Example, read_examples
from bot.triage.learned import LEVELS
from bot.triage.levels import Level
from bot.triage.thresholds import choose, tails

EXACT = ROOT / "var" / "fine-tuned"
"""The weights with 32 bits, in the published format, until the next fine-tuning."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--epochs, --into."""
    parser.add_argument("--epochs", type=int, default=3, help="passes over the examples (default: 3)")
    parser.add_argument("--into", type=Path, default=WEIGHTS, help="where to write the encoder")


def run(options: argparse.Namespace) -> int:
    """Train on all examples but the calibration part, watch it on that part, write ONNX int8. Minutes on two cores."""
    from bot.fine_tuning.network import Network
    from bot.fine_tuning.targets import targets_of

    examples = read_examples(NLU_DATA)
    taught = [example for example in examples if not example.calibration]
    kept = [example for example in examples if example.calibration]
    labels = sorted({example.label for example in examples})
    network = Network(checked_directory(read_settings().encoder_dir), labels, options.epochs, len(taught))
    targets, texts, begun = targets_of(taught, labels), [example.text for example in taught], time.monotonic()
    network.save(EXACT)  # now: a fault here must not cost what was learned
    print(f"{len(taught)} messages to learn from, {len(kept)} kept for calibration", flush=True)
    for epoch in range(1, options.epochs + 1):
        losses = []
        for batch, loss in enumerate(network.epoch(texts, targets), 1):
            losses.append(loss)
            if batch % 50 == 0:
                loss_now, seconds = np.mean(losses[-50:]), time.monotonic() - begun
                print(f"  epoch {epoch}, batch {batch}: loss {loss_now:.3f}, {seconds:.0f} s", flush=True)
        print(f"epoch {epoch}: {_figures(network.guesses([e.text for e in kept], 'level'), kept)}", flush=True)
        asked = [example for example in kept if example.intent.startswith(FAQ)]
        topics = network.guesses([e.text for e in asked], "label").argmax(axis=1)
        right = np.mean([labels[i] == e.label for i, e in zip(topics, asked, strict=True)])
        print(f"epoch {epoch}: topic of a question right {right:.3f}", flush=True)
    network.save(EXACT)
    export(options.into, str(EXACT))
    remember(options.into, texts)
    print(f"written to {options.into}; now `make train`")
    return 0


def _figures(probabilities: npt.NDArray[np.float64], kept: list[Example]) -> str:
    """How the calibration part is read, at the thresholds chosen by it."""
    truth = [example.level for example in kept]
    thresholds, scores = choose(LEVELS, probabilities, truth), tails(LEVELS, probabilities)
    right = np.mean([LEVELS[i] == level.value for i, level in zip(probabilities.argmax(axis=1), truth, strict=True)])
    rows = {level: np.array([one is level for one in truth]) for level in Level}
    found = {
        "emergency as emergency": (scores["emergency"] >= thresholds["emergency"])[rows[Level.EMERGENCY]],
        "emergency as danger": (scores["danger"] >= thresholds["danger"])[rows[Level.EMERGENCY]],
        "crisis as danger": (scores["danger"] >= thresholds["danger"])[rows[Level.CRISIS]],
        "addiction helped": (scores["help"] >= thresholds["help"])[rows[Level.ADDICTION]],
        "distress helped": (scores["help"] >= thresholds["help"])[rows[Level.DISTRESS]],
    }
    return f"accuracy {right:.3f}; " + ", ".join(f"{name} {hits.mean():.3f}" for name, hits in found.items())
