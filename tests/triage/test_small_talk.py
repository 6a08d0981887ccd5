"""Small talk beside words that a rule knows takes nothing from them (docs/decisions/0010)."""

from __future__ import annotations

import pytest

from bot.triage.levels import Level
from bot.triage.normalise import normalise
from bot.triage.rules import all_rules, find
from tests.conftest import Talk

ROWS = [(rule, row) for rule in all_rules() if rule.figurative for row in rule.match]


@pytest.mark.parametrize(
    "beside",
    [
        "{} and my parrot is called Joe",
        "who won the game last night? {}",
        "{}, can you set a timer for ten minutes",
        "i like your website but {}",
    ],
)
def test_a_rule_keeps_its_level_beside_small_talk(talk: Talk, beside: str) -> None:
    fallen = []
    for rule, row in ROWS:
        message = beside.format(row)
        if rule.id not in {evidence.source for evidence in find(normalise(message))}:
            continue  # a rule for nothing but these words
        alone, told = (Level(talk(text)[-1]["assessment"]["level"]) for text in (row, message))
        if told.rank < min(alone.rank, rule.level.rank):
            fallen.append((message, told.value))
    assert not fallen


def test_most_rows_are_judged() -> None:
    assert len(ROWS) > 50
