"""A conversation that is taken up again listens, however its last turn ended."""

from __future__ import annotations

from typing import Any

import pytest

from bot.stores.cut_short import end_turn
from tests.nlu.trackers import LISTEN, did, said, spoke, tracker

TURN = [LISTEN, said("faq"), spoke("utter_faq")]

CUT_SHORT: dict[str, list[Any]] = {
    "before anything was done": [LISTEN, said("faq")],
    "after the answer": TURN,
    "after an action that failed": [LISTEN, said("faq"), did("action_suggest_topics")],
    "when Rasa gave up": [*TURN, did(*["utter_unsure"] * 12)],
    "in the second turn": [*TURN, LISTEN, said("crisis"), spoke("utter_crisis")],
}
WHOLE: dict[str, list[Any]] = {"nothing was said": [], "the session": [LISTEN], "a turn": [*TURN, LISTEN]}


@pytest.mark.parametrize("events", CUT_SHORT.values(), ids=CUT_SHORT)
def test_what_was_cut_short_ends_by_listening(events: list[Any]) -> None:
    taken_up = tracker(*events)
    before = list(taken_up.events)
    end_turn(taken_up)
    assert taken_up.latest_action_name == "action_listen"
    assert list(taken_up.events)[:-1] == before


@pytest.mark.parametrize("events", WHOLE.values(), ids=WHOLE)
def test_what_is_whole_stays_as_it_is(events: list[Any]) -> None:
    taken_up = tracker(*events)
    before = list(taken_up.events)
    end_turn(taken_up)
    assert list(taken_up.events) == before
