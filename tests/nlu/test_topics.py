"""The trained model on what the assistant itself offers: a button's question is answered by its own topic."""

from __future__ import annotations

import pytest

from bot.nlu.choice import titles
from tests.conftest import Talk

FOLLOW_UPS = {
    "does that last?": ("why do my legs jerk on oxycodone?", "does_it_go_away"),
    "what about drinking?": ("why do my legs jerk on oxycodone?", "alcohol"),
    "how come?": ("can even a small dose cause it?", "dose_and_duration"),
    "does calling cost anything": ("what is the helpline number?", "helpline_cost"),
    "my uncle has epilepsy, is that it then?": ("is myoclonus a disease?", "related_conditions"),
}


@pytest.mark.parametrize("topic", titles())
def test_a_buttons_question_is_answered_by_its_topic(talk: Talk, topic: str) -> None:
    [answer] = talk(titles()[topic]["question"])
    assert (answer["topic"], answer["assessment"]["level"]) == (topic, "none")


@pytest.mark.parametrize(("message", "before", "topic"), [(m, *row) for m, row in FOLLOW_UPS.items()], ids=FOLLOW_UPS)
def test_a_follow_up_leans_on_the_turn_before(talk: Talk, message: str, before: str, topic: str) -> None:
    assert talk(before, message)[-1]["topic"] == topic
