"""From what a message asks and how urgent it is, to what is answered. A pure function."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.triage.conversation import says
from bot.triage.examples import DISCLOSURE
from bot.triage.levels import Level

FAQ, CHITCHAT, FOLLOWUP = "faq", "chitchat", "followup"
DECLINE = "decline"
QUESTIONS = {FAQ, "not_in_article", DECLINE}
"""Intents that ask something, and are answered beside a hand-off."""
UNSURE = "nlu_fallback"
SURE = 0.40
"""Confidence below which a topic is never guessed."""
AHEAD = 0.08
"""How far the first must be ahead of the second topic when it is below one half."""
OFFERED = 3
ASKED_ALONG = 0.25
"""Confidence from which a question told along with a crisis is kept for the next turn."""

NUMBER = re.compile(
    r"\W*(?:the )?(?:number |option |nr )?(\d|one|two|three|first|second|third)(?: one)?(?: please)?\W*"
)
PLACES = {"one": 1, "first": 1, "two": 2, "second": 2, "three": 3, "third": 3}

Ranking = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Choice:
    """`intent` as Rasa knows it, `detail` the part behind the slash, `topic` as the tools print it."""

    intent: str
    confidence: float
    detail: str = ""
    asked_along: str = ""
    """A topic asked in a message that is answered by help alone; it is offered in the next turn."""

    @property
    def topic(self) -> str | None:
        """An id of topics.yml, or not_in_article, decline, chitchat, off_topic, or None."""
        if self.intent == FAQ:
            return self.detail
        return self.intent if self.intent in {"not_in_article", "decline", CHITCHAT, "off_topic"} else None


@cache
def _data(name: str) -> dict[str, Any]:
    content = yaml.safe_load((Path(__file__).parent / f"{name}.yml").read_text(encoding="utf-8"))
    return dict(content)


def titles() -> dict[str, dict[str, str]]:
    """Title and question of each topic (topics.yml)."""
    return _data("topics")


def choose(level: Level, ranking: Ranking, previous_topic: str | None, spanish: bool = False) -> Choice:
    """What is answered. `ranking`: (label, confidence), likeliest first, of the topic classifier."""
    if spanish:
        return Choice("spanish", 1.0)
    asked = _asked(ranking, previous_topic)
    if level.is_danger:
        topic = asked.detail if asked.intent == FAQ and asked.confidence >= ASKED_ALONG else ""
        return Choice(level.value, 1.0, asked_along=topic)
    if level is not Level.NONE:
        return asked if asked.intent in QUESTIONS and asked.confidence >= SURE else Choice(level.value, 1.0)
    return asked


def _asked(ranking: Ranking, previous_topic: str | None) -> Choice:
    label, confidence = ranking[0]
    second = ranking[1][1] if len(ranking) > 1 else 0.0
    if label == DISCLOSURE or confidence < SURE or (confidence < 0.5 and confidence - second < AHEAD):
        return Choice(UNSURE, confidence)
    if label.startswith(f"{FOLLOWUP}/"):
        return _follow(label.split("/")[1], confidence, previous_topic)
    intent, _, detail = label.partition("/")
    return Choice(intent, confidence, detail)


def _follow(kind: str, confidence: float, previous_topic: str | None) -> Choice:
    """ "Does that last?" after an answer is a question about it; after nothing it can't be known, so what it
    may mean is offered.
    """
    if previous_topic in QUESTIONS:
        return Choice(str(previous_topic), confidence)
    if previous_topic not in titles():
        return Choice(UNSURE, confidence)
    table = _data("followups")[kind]
    return Choice(FAQ, confidence, table.get(previous_topic, table["default"]))


def picked(text: str, offered: Sequence[str]) -> str | None:
    """The topic that a bare number ("2"), or a yes when only one was offered, chooses from what the turn before
    offered.
    """
    if len(offered) == 1 and says("yes", text):
        return offered[0]
    number = NUMBER.fullmatch(text)
    said = number.group(1) if number else "0"
    place = PLACES.get(said) or int(said)
    return offered[place - 1] if 0 < place <= len(offered) else None


def nearest_topics(ranking: Ranking) -> list[str]:
    """The two or three topics to offer when unsure, likeliest first; a follow-up stands for what it most often asks."""
    parts = [label.partition("/") for label, _ in ranking]
    topics = [
        detail if intent == FAQ else str(_data("followups")[detail]["default"])
        for intent, _, detail in parts
        if intent in (FAQ, FOLLOWUP)
    ]
    return list(dict.fromkeys(topics))[:OFFERED]
