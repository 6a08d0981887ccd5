"""Everything one run of `helpline evaluate` found out."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.crossvalidate import Point
from bot.evaluation.figures import Share, share
from bot.evaluation.goals import HELD_OUT_HARD, TRAINING_HARD, Judged, figures
from bot.evaluation.sets import SetResult, set_figures
from bot.evaluation.vectors import is_published
from bot.paths import NLU_DATA, ROOT, WEIGHTS
from bot.training import RECORD, content_hash
from bot.triage.examples import Example

TOPICS = "topics"
"""File of evaluation/heldout whose intents are the right topics."""
MEASURED_ON = ("bot", "actions", "data", "config.yml", "domain.yml", "evaluation")


@dataclass(frozen=True)
class Measured:
    """The held-out messages, the sets, and the cross-validated training messages, each with its outcome."""

    held_out: tuple[Judged, ...]
    sets: tuple[SetResult, ...]
    training: tuple[Judged, ...]
    curve: tuple[Point, ...]
    examples: tuple[Example, ...]
    """All training examples, Spanish too."""
    sources: dict[str, str]
    """What was measured, in words, by what it is."""

    @property
    def topics(self) -> list[Judged]:
        """Questions with a known topic."""
        return [(e, o) for e, o in self.held_out if e.file == TOPICS]

    def figures(self) -> dict[str, Share]:
        """Every figure a floor may be set for; the cross-validated ones begin with cv_."""
        found = figures(self.held_out, HELD_OUT_HARD)
        if self.topics:
            found["topics_right"] = share(self.topics, topic_right)
        found |= set_figures(self.sets)
        return found | {f"cv_{name}": figure for name, figure in figures(self.training, TRAINING_HARD).items()}


def topic_of(example: Example) -> str:
    """The topic as answers name it: "alcohol", "not_in_article", "chitchat"."""
    intent, _, detail = example.intent.partition("/")
    return detail if intent == "faq" else intent


def topic_right(judged: Judged) -> bool:
    """Whether the answer is about what was asked."""
    example, outcome = judged
    return outcome.topic == topic_of(example)


def sources(held_out: Path, messages: int, examples: int) -> dict[str, str]:
    """What was measured, for the head of the page."""
    current = trained_from() == content_hash()
    return {
        "commit": commit(),
        "model": content_hash()[:12] if current else "made from other data or code than lie here: run `make train`",
        "encoder": "as published" if is_published(WEIGHTS) else "trained further on the examples",
        "held-out": f"{messages} messages, {fingerprint([held_out])}",
        "training": f"{examples} messages, {fingerprint([NLU_DATA])}",
    }


def trained_from() -> str | None:
    """The hash of what the trained model was made from; None where nothing tells."""
    try:
        return str(json.loads(RECORD.read_text(encoding="utf-8"))["content"])
    except (OSError, ValueError, KeyError):
        return None


def fingerprint(paths: Sequence[Path]) -> str:
    """Short hex digest of the YAML files' names and contents, whatever folder they lie in."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def commit() -> str:
    """The commit that was measured, and whether what matters had changed since; "unknown" outside a checkout."""
    try:
        head = _git("rev-parse", "--short", "HEAD")
        changed = _git("status", "--porcelain", "--", *MEASURED_ON)
    except (OSError, subprocess.CalledProcessError):
        return "unknown (no git checkout)"
    return f"{head}, with uncommitted changes" if changed else head


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
