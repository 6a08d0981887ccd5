"""From what a message asks and how urgent it is, to what is answered."""

from __future__ import annotations

import pytest
import yaml

from bot.nlu.choice import Choice, Ranking, choose, nearest_topics, picked, titles
from bot.paths import ROOT
from bot.triage.levels import Level

NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level

ALCOHOL: Ranking = [("faq/alcohol", 0.9), ("faq/detox", 0.05)]
ABSENT: Ranking = [("not_in_article", 0.8), ("faq/detox", 0.1)]
TELLS: Ranking = [("disclosure", 0.9), ("faq/detox", 0.05)]
WEAK: Ranking = [("faq/alcohol", 0.39), ("off_topic", 0.1)]
CLOSE: Ranking = [("faq/alcohol", 0.45), ("faq/other_drugs", 0.40)]
WHY: Ranking = [("followup/why", 0.8), ("faq/detox", 0.1)]

CHOSEN: dict[str, tuple[Level, Ranking, str | None, Choice]] = {
    "a topic": (NONE, ALCOHOL, None, Choice("faq", 0.9, "alcohol")),
    "not in the article": (NONE, ABSENT, None, Choice("not_in_article", 0.8)),
    "small talk": (NONE, [("chitchat/greet", 0.7), ("faq/detox", 0.1)], None, Choice("chitchat", 0.7, "greet")),
    "too weak to answer": (NONE, WEAK, None, Choice("nlu_fallback", 0.39)),
    "two too close": (NONE, CLOSE, None, Choice("nlu_fallback", 0.45)),
    "close, but above one half": (
        NONE,
        [("faq/alcohol", 0.51), ("faq/detox", 0.48)],
        None,
        Choice("faq", 0.51, "alcohol"),
    ),
    "tells something that asks nothing": (NONE, TELLS, None, Choice("nlu_fallback", 0.9)),
    "a follow-up": (NONE, WHY, "does_it_go_away", Choice("faq", 0.8, "treatment")),
    "a follow-up without its own line": (NONE, WHY, "detox", Choice("faq", 0.8, "can_opioids_cause_it")),
    "a follow-up to nothing": (NONE, WHY, None, Choice("nlu_fallback", 0.8)),
    "a follow-up to what is not covered": (NONE, WHY, "not_in_article", Choice("not_in_article", 0.8)),
    "a question beside a hand-off": (ADDICTION, ALCOHOL, None, Choice("faq", 0.9, "alcohol")),
    "an unanswerable question beside a hand-off": (DISTRESS, ABSENT, None, Choice("not_in_article", 0.8)),
    "a hand-off alone": (ADDICTION, TELLS, None, Choice("addiction", 1.0)),
    "a hand-off with small talk": (DISTRESS, [("chitchat/thanks", 0.9)], None, Choice("distress", 1.0)),
    "a hand-off with a weak question": (DISTRESS, WEAK, None, Choice("distress", 1.0)),
    "a crisis keeps the question": (CRISIS, ALCOHOL, None, Choice("crisis", 1.0, asked_along="alcohol")),
    "an emergency keeps the question": (EMERGENCY, ALCOHOL, None, Choice("emergency", 1.0, asked_along="alcohol")),
    "a crisis alone": (CRISIS, TELLS, None, Choice("crisis", 1.0)),
    "a crisis with another question": (CRISIS, ABSENT, None, Choice("crisis", 1.0)),
}


@pytest.mark.parametrize(("level", "ranking", "before", "choice"), CHOSEN.values(), ids=CHOSEN)
def test_what_is_answered(level: Level, ranking: Ranking, before: str | None, choice: Choice) -> None:
    assert choose(level, ranking, before) == choice


@pytest.mark.parametrize("level", Level)
def test_spanish_is_answered_alike_at_every_level(level: Level) -> None:
    assert choose(level, ALCOHOL, None, spanish=True) == Choice("spanish", 1.0)


TOPICS = {
    "faq": (Choice("faq", 1, "alcohol"), "alcohol"),
    "not_in_article": (Choice("not_in_article", 1), "not_in_article"),
    "decline": (Choice("decline", 1), "decline"),
    "chitchat": (Choice("chitchat", 1, "greet"), "chitchat"),
    "off_topic": (Choice("off_topic", 1), "off_topic"),
    "unsure": (Choice("nlu_fallback", 1), None),
    "crisis": (Choice("crisis", 1, asked_along="alcohol"), None),
}


@pytest.mark.parametrize(("choice", "topic"), TOPICS.values(), ids=TOPICS)
def test_the_topic_that_is_printed(choice: Choice, topic: str | None) -> None:
    assert choice.topic == topic


PICKED: dict[str, tuple[str, list[str], str | None]] = {
    "a number": ("2", ["alcohol", "detox"], "detox"),
    "with a dot": ("1.", ["alcohol", "detox"], "alcohol"),
    "in words": ("number 2", ["alcohol", "detox"], "detox"),
    "an ordinal": ("the first one", ["alcohol", "detox"], "alcohol"),
    "a word": ("two please", ["alcohol", "detox"], "detox"),
    "too high": ("3", ["alcohol", "detox"], None),
    "zero": ("0", ["alcohol", "detox"], None),
    "nothing offered": ("1", [], None),
    "yes to one": ("yes", ["alcohol"], "alcohol"),
    "yes to two": ("yes", ["alcohol", "detox"], None),
    "words": ("what is myoclonus?", ["alcohol"], None),
    "a number in a sentence": ("i took 2", ["alcohol", "detox"], None),
}


@pytest.mark.parametrize(("text", "offered", "topic"), PICKED.values(), ids=PICKED)
def test_what_is_picked_from_the_offer(text: str, offered: list[str], topic: str | None) -> None:
    assert picked(text, offered) == topic


def test_a_follow_up_to_nothing_offers_what_it_most_often_asks() -> None:
    assert nearest_topics([("followup/fix", 0.9), ("faq/detox", 0.1)]) == ["treatment", "detox"]
    assert nearest_topics([("faq/treatment", 0.9), ("followup/fix", 0.1)]) == ["treatment"]


def test_the_nearest_topics_are_offered_likeliest_first() -> None:
    ranking = [
        ("off_topic", 0.3),
        ("faq/a", 0.2),
        ("chitchat/greet", 0.1),
        ("faq/b", 0.1),
        ("faq/c", 0.1),
        ("faq/d", 0),
    ]
    assert nearest_topics(ranking) == ["a", "b", "c"]


@pytest.mark.parametrize("kind", ["last", "why", "fix", "more"])
def test_a_follow_up_leads_to_topics_there_are(kind: str) -> None:
    table = yaml.safe_load((ROOT / "bot/nlu/followups.yml").read_text())[kind]
    assert "default" in table
    assert set(table) - {"default"} | set(table.values()) <= set(titles())
    assert all(topic != leads_to for topic, leads_to in table.items())
