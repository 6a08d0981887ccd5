"""What the turns before add to a message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.conversation import FIRST, Conversation, Turn, says, turns_of
from bot.triage.levels import Level, Subject, highest
from bot.triage.normalise import normalise

NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level

SAYS: dict[str, list[tuple[str, bool]]] = {
    "yes": [
        ("yes", True),
        ("Yeah.", True),
        ("yep!!", True),
        ("i am", True),
        ("i think so", True),
        ("idk", True),
        ("maybe", True),
        ("yes please help", True),
        ("yes, right now", True),
        ("not sure", True),
        ("Yes, I am in danger right now", True),
        ("Yes, they are in danger right now", True),
        ("no", False),
        ("what is myoclonus?", False),
        ("i am reading about myoclonus and opioids for a class", False),
        ("yesterday", False),
        ("sure, what does the article say about detox and pain?", False),
    ],
    "no": [
        ("no", True),
        ("nope", True),
        ("not right now", True),
        ("No, not right now", True),
        ("im safe", True),
        ("i'm fine", True),
        ("yes", False),
        ("nobody cares", False),
        ("now", False),
        ("no one is coming to help me with any of this and i hate it", False),
    ],
    "retraction": [
        ("jk", True),
        ("just kidding", True),
        ("nvm im fine", True),
        ("forget it", True),
        ("lol", True),
        ("i was joking", True),
        ("what is myoclonus?", False),
        ("i want to die", False),
    ],
    "refusal": [
        ("no police", True),
        ("i won't call", True),
        ("please dont call 911", True),
        ("im not going to call anyone", True),
        ("no cops", True),
        ("i can't go to the hospital", True),
        ("i will call", False),
        ("what is the number?", False),
    ],
    "means_question": [
        ("how many of these would it take", True),
        ("how much is too much", True),
        ("what happens if i take all of them", True),
        ("is 30 enough", True),
        ("which pills", True),
        ("how common is it?", False),
        ("what is myoclonus?", False),
    ],
}
ROWS = [pytest.param(kind, text, truth, id=f"{kind}: {text}") for kind, rows in SAYS.items() for text, truth in rows]


@pytest.mark.parametrize(("kind", "message", "truth"), ROWS)
def test_short_answers(kind: str, message: str, *, truth: bool) -> None:
    assert says(kind, normalise(message).text) is truth


def turns(*levels: Level) -> Conversation:
    return Conversation(tuple(Turn(level) for level in levels))


def test_the_first_message_has_nothing_before_it() -> None:
    assert (FIRST.highest, FIRST.last, FIRST.recent_despair, FIRST.danger_fresh) == (NONE, NONE, False, False)


@given(st.lists(st.sampled_from(Level)))
def test_the_conversations_level_never_falls(levels: list[Level]) -> None:
    risen = [turns(*levels[:count]).highest.rank for count in range(len(levels) + 1)]
    assert risen == sorted(risen)
    assert turns(*levels).highest is highest(levels)


FRESH = {
    "just now": ([CRISIS], True),
    "a turn ago": ([EMERGENCY, NONE], True),
    "two turns ago": ([CRISIS, NONE, NONE], False),
    "never": ([ADDICTION, DISTRESS], False),
}


@pytest.mark.parametrize(("levels", "fresh"), FRESH.values(), ids=FRESH)
def test_a_danger_is_fresh_for_two_turns(levels: list[Level], *, fresh: bool) -> None:
    assert turns(*levels).danger_fresh is fresh


DESPAIR = {
    "hopeless": ("hopelessness", 0, True),
    "wish to die": ("suicidal_thoughts", 0, True),
    "six turns ago": ("hopelessness", 5, True),
    "seven turns ago": ("hopelessness", 6, False),
    "pain": ("severe_pain", 0, False),
}


@pytest.mark.parametrize(("signal", "quiet_turns", "recent"), DESPAIR.values(), ids=DESPAIR)
def test_despair_colours_the_turns_after_it(signal: str, quiet_turns: int, *, recent: bool) -> None:
    before = (Turn(DISTRESS, (signal,)), *[Turn(NONE)] * quiet_turns)
    assert Conversation(before).recent_despair is recent


READ: dict[str, tuple[dict[str, Any], Turn]] = {
    "an assessment": (
        {"level": "crisis", "signals": ["self_harm"], "subject": "other", "need": "self_harm_other"},
        Turn(CRISIS, ("self_harm",), Subject.OTHER, "self_harm_other"),
    ),
    "nothing": ({}, Turn(NONE)),
    "a level of another version": ({"level": "urgent"}, Turn(NONE)),
    "no signals": ({"level": "distress", "signals": None}, Turn(DISTRESS)),
}


@pytest.mark.parametrize(("assessment", "turn"), READ.values(), ids=READ)
def test_a_turn_is_read_from_what_the_tracker_holds(assessment: dict[str, Any], turn: Turn) -> None:
    assert turns_of([assessment]) == (turn,)
