"""The project's own examples (data/nlu, evaluation/heldout): Rasa NLU YAML with the tags of triage.md as metadata."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.triage.levels import SIGNAL_LEVELS, Level, Subject

SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""A safe loader; the one in C reads all examples in seconds."""
VOICES = ("plain", "textspeak", "typo", "fragment", "story", "older", "teen", "caregiver", "clinician", "dialect")


DISCLOSURE = "disclosure"
"""A message that tells or asks for help and asks nothing the article answers: how urgent it is, is the triage's to say.
"""
DISCLOSED = {level.value for level in Level if level is not Level.NONE}


class ExampleError(ValueError):
    """A file of examples can't be read; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Example:
    """One message with what it is; `intent` is Rasa's, with the part behind the slash."""

    text: str
    intent: str
    level: Level
    signals: tuple[str, ...]
    subject: Subject
    voice: str
    file: str
    kind: str = ""
    """Of a follow-up: what it asks about the turn before."""
    calibration: bool = False
    """Kept from the encoder's fine-tuning: thresholds are chosen on messages that were written apart from those it was
    taught with.
    """

    @property
    def label(self) -> str:
        """What the topic classifier calls it: "faq/alcohol", "off_topic", "disclosure", "followup/why"."""
        if self.intent.split("/")[0] in DISCLOSED:
            return DISCLOSURE
        return f"{self.intent}/{self.kind}" if self.kind else self.intent


def read_examples(folder: Path) -> list[Example]:
    """All examples of the folder's YAML files, in the order of the files' names. Raises ExampleError."""
    return [example for file in sorted(folder.rglob("*.yml")) for example in read_file(file)]


def read_file(file: Path) -> list[Example]:
    """The examples of one file. Raises ExampleError for anything that is not in the form of docs/data.md."""
    content = content_of(file)
    blocks = content.get("nlu", []) if isinstance(content, dict) else []
    return [example for block in blocks if "intent" in block for example in _block(block, file)]


def content_of(file: Path) -> Any:
    """What the YAML of a file says, whatever it is. Raises ExampleError where it is none."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=SAFE)  # noqa: S506 - SAFE is, which the linter can't see
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ExampleError(f"{file}: not readable as YAML: {error}") from error


def _block(block: dict[str, Any], file: Path) -> Iterable[Example]:
    tags = block.get("metadata") or {}
    try:
        tagged = tags_of(tags)
    except ValueError as error:
        raise ExampleError(f"{file}: {block['intent']}: {error}") from error
    for line in block["examples"].splitlines():
        if text := line.strip().removeprefix("- ").strip():
            yield Example(
                text,
                block["intent"],
                *tagged,
                voice=tags.get("voice", "plain"),
                file=file.stem,
                kind=tags.get("kind", ""),
                calibration=tags.get("calibration", False),
            )


def tags_of(tags: dict[str, Any]) -> tuple[Level, tuple[str, ...], Subject]:
    """Level, signals and subject of a block's metadata; a block without a level is `none`. ValueError for a name
    triage.md does not know.
    """
    level = Level(tags.get("level", "none"))
    signals = tuple(tags.get("signals", ()))
    if unknown := [signal for signal in signals if signal not in SIGNAL_LEVELS]:
        raise ValueError(f"unknown signals {unknown}")
    return level, signals, Subject(tags.get("subject", "unknown"))
