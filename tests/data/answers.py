"""Everything the assistant may say, as data/responses and domain.yml have it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from bot.nlg import facts
from bot.paths import ROOT
from bot.settings import settings

QUESTION = "Does a higher dose or longer use make it more likely?"
"""The longest question that {question} may become."""


@dataclass(frozen=True)
class Variant:
    """One way of saying a response, filled in as the person reads it."""

    response: str
    number: int
    """From 0, as they stand in the file."""
    channel: str
    raw: str
    buttons: tuple[dict[str, str], ...]

    @property
    def kind(self) -> str:
        """The part between utter_ and the slash."""
        return self.response.removeprefix("utter_").partition("/")[0]

    @property
    def name(self) -> str:
        """The part behind the slash."""
        return self.response.partition("/")[2]

    @property
    def text(self) -> str:
        return self.raw.format(**facts(settings()), question=QUESTION)

    def __str__(self) -> str:
        return f"{self.response} {self.channel} {self.number}"


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    """By name, over all files."""
    files = [ROOT / "domain.yml", *sorted((ROOT / "data/responses").glob("*.yml"))]
    found: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        for name, variants in (yaml.safe_load(file.read_text(encoding="utf-8")).get("responses") or {}).items():
            assert name not in found, f"{name} is in two files"
            found[name] = variants
    return found


@cache
def variants() -> list[Variant]:
    return [
        Variant(name, number, one.get("channel", "web"), one["text"], tuple(one.get("buttons", ())))
        for name, several in responses().items()
        for number, one in enumerate(several)
    ]


def of(*kinds: str, channel: str = "") -> list[Variant]:
    """The variants of these kinds; of one channel or of both."""
    return [one for one in variants() if one.kind in kinds and channel in ("", one.channel)]
