"""Each figure counts what it says, and its plot, table and CSV say the same."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.assistant.answer import Said
from frontdesk.desk.models import Correction, Review, State, Verdict
from frontdesk.figures import plots
from frontdesk.figures.figures import FIGURES, Figure
from frontdesk.figures.shared_words import grouped
from frontdesk.figures.when import Period
from frontdesk.figures.wilson import interval
from frontdesk.transcripts.levels import Channel, Kind, Level
from frontdesk.transcripts.models import Conversation, Message
from tests.conftest import AsRole
from tests.desk.made import message

pytestmark = pytest.mark.django_db


def said(level: Level | None = Level.NONE, *, days_ago: float = 0, **changes: Any) -> Message:  # noqa: ANN401
    """A message of so many days ago, alone in its conversation."""
    made = message("words of a person", level, **changes)
    at = timezone.now() - timedelta(days=days_ago)
    Message.objects.filter(pk=made.pk).update(received_at=at)
    Conversation.objects.filter(pk=made.conversation_id).update(started_at=at, last_message_at=at)
    return made


def reviewed(made: Message, right: Level | None = None, hours: float = 1) -> None:
    started = Conversation.objects.get(pk=made.conversation_id).started_at
    at = started + timedelta(hours=hours)
    Review.objects.create(conversation_id=made.conversation_id, state=State.REVIEWED, first_at=at, changed_at=at)
    if right is not None:
        by, _ = User.objects.get_or_create(username="somebody")
        Correction.objects.create(message=made, verdict=Verdict.CORRECTED, level=right, by=by, at=at)


def figure(name: str, days: int = 7) -> Figure:
    return FIGURES[name](Period(days))


def rows(name: str, days: int = 7) -> dict[Any, tuple[Any, ...]]:
    """The figure's rows by what stands in their first column."""
    return {row[0]: row[1:] for row in figure(name, days).rows}


def today() -> str:
    return timezone.now().date().isoformat()


def test_conversations_by_day_and_channel() -> None:
    said()
    said(channel=Channel.SMS)
    said(channel=Channel.SMS, days_ago=2)
    said(days_ago=8)

    found = rows("by-day")

    assert len(found) == 7
    assert found[today()] == (1, 1)
    assert sum(web for web, _ in found.values()) == 1
    assert sum(sms for _, sms in found.values()) == 2


def test_messages_by_hour() -> None:
    made = said()
    Message.objects.filter(pk=made.pk).update(received_at=timezone.now().replace(hour=5, minute=59))
    found = rows("by-hour", 30)
    assert len(found) == 24
    assert found["05:00"] == (1, 0)


def test_levels_by_day() -> None:
    for level in (Level.EMERGENCY, Level.EMERGENCY, Level.NONE):
        said(level)
    assert rows("levels")[today()] == (2, 0, 0, 0, 1)


def test_hand_offs() -> None:
    for level in (Level.CRISIS, Level.NONE, Level.NONE):
        said(level)
    assert rows("hand-offs")[today()] == (1, 2)


def test_topics() -> None:
    for topic in ("alcohol", "detox", "alcohol", ""):
        said(topic=topic)
    assert figure("topics").rows == [("alcohol", 2), ("detox", 1)]


def test_unanswered_questions_are_grouped() -> None:
    unsure = (Said("?", Kind.UNSURE),)
    said(None)
    said(replies=unsure, intent="faq")
    said(replies=unsure, intent="not_in_article")
    said(intent="off_topic")
    said()
    assert dict(figure("unanswered").rows) == {
        "the assistant did not answer": 1,
        "not understood well enough": 1,
        "not in the article": 1,
        "off topic": 1,
    }


def test_unanswered_questions_are_grouped_by_what_they_share() -> None:
    asked = ("Does insurance cover the pump?", "my insurance said no", "is the INSURANCE card enough", "the moon")
    for text in asked:
        Message.objects.filter(pk=said(intent="not_in_article").pk).update(text=text)
    for text in ("is the jerk normal", "the dose and my arm", "my leg jerks", "no", "does the twitch go"):
        Message.objects.filter(pk=said().pk).update(text=text)
    assert figure("asked-about").rows == [("insurance", 3), ("none of these", 1)]


GROUPED = {
    "nothing": ([], [], [], 0),
    "too few to say": (["my pump", "her pump"], ["other"], [], 2),
    "each in one group": (["pump fee"] * 3 + ["fee"], ["x", "y"], [("fee", 4)], 0),
    "a second group of what is left": (
        ["fee a"] * 4 + ["pump b"] * 3,
        ["a b", "b a"] * 2,
        [("fee", 4), ("pump", 3)],
        0,
    ),
    "accents and case": (["Café", "cafe", "CAFÉ"], ["x"], [("cafe", 3)], 0),
    "a word that all have": (["the pump", "the fee", "the bed"], ["the arm", "the leg", "the dose"], [], 3),
}


@pytest.mark.parametrize(("texts", "others", "groups", "alone"), GROUPED.values(), ids=GROUPED)
def test_groups_by_shared_words(texts: list[str], others: list[str], groups: list[tuple[str, int]], alone: int) -> None:
    assert grouped(texts, others) == (groups, alone)


def test_agreement() -> None:
    for right in (None, None, None, Level.NONE):
        reviewed(said(Level.CRISIS), right)
    reviewed(said(Level.NONE), Level.CRISIS)
    said(Level.CRISIS)  # nobody looked at it

    found = {(row[0], row[1]): row[2:] for row in figure("agreement").rows}

    assert found["crisis", "precision"][:3] == (3, 4, "0.750")
    assert found["crisis", "recall"][:3] == (3, 4, "0.750")
    assert found["none", "precision"][:2] == (0, 1)
    assert found["emergency", "recall"] == (0, 0, "", "", "")


def test_the_last_word_of_the_reviewers_counts() -> None:
    made = said(Level.CRISIS)
    reviewed(made, Level.NONE)
    by = User.objects.get(username="somebody")
    Correction.objects.create(message=made, verdict=Verdict.CORRECTED, level=Level.CRISIS, by=by, at=timezone.now())
    Correction.objects.create(message=made, verdict=Verdict.CORRECTED, topic="alcohol", by=by, at=timezone.now())
    assert {(row[0], row[1]): row[2:4] for row in figure("agreement").rows}["crisis", "precision"] == (1, 1)


def test_what_came_after_the_review_was_not_judged() -> None:
    made = said(Level.CRISIS)
    reviewed(made, hours=-1)
    assert {(row[0], row[1]): row[3] for row in figure("agreement").rows}["crisis", "precision"] == 0


def test_time_to_the_first_review() -> None:
    for hours in (1, 2, 6):
        reviewed(said(Level.CRISIS), hours=hours)
    assert rows("first-review")["crisis"][:2] == (3, 2.0)
    assert rows("first-review")["none"] == (0, "", "")
    drawn = figure("first-review").plot
    assert ">crisis<" in drawn
    assert ">none<" not in drawn, "no bar of 0 h for what nobody has reviewed"


def test_where_there_is_nothing_no_empty_frame_is_drawn(as_role: AsRole) -> None:
    page = as_role("coordinator").get("/desk/figures").content.decode()
    safety = page[page.index('id="safety"') :]
    assert "Nothing to show in these days." in safety
    assert "<svg" not in safety


def test_safety_replies_by_cause() -> None:
    said(None)
    assert figure("safety").rows[0] == ("the assistant took too long", 1)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # From Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert list(interval(hits, of)) == pytest.approx([low, high], abs=5e-5)


@pytest.mark.parametrize("full", [False, True], ids=["nothing", "something"])
@pytest.mark.parametrize("days", [7, 30, 90, 365])
def test_the_page(days: int, full: bool, as_role: AsRole) -> None:
    if full:
        for level in (*Level, None):
            reviewed(said(level, topic="alcohol"))
    page = as_role("coordinator").get(f"/desk/figures?days={days}").content.decode()
    assert page.count("<h2 ") == len(FIGURES)
    assert "words of a person" not in page
    assert "style=" not in page
    drawn = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawn) >= (9 if full else 5)
    for each in drawn:
        ElementTree.fromstring(each)  # noqa: S314 (our own)


@pytest.mark.parametrize("name", FIGURES)
def test_csv_holds_the_rows_of_the_table(name: str, as_role: AsRole) -> None:
    reviewed(said(Level.CRISIS, topic="alcohol"))
    content = as_role("coordinator").get(f"/desk/figures/{name}.csv?days=7").content.decode("utf-8-sig")
    header, *found = csv.reader(StringIO(content))
    made = figure(name)
    assert tuple(header) == made.columns
    assert found == [[str(value) for value in row] for row in made.rows]


@pytest.mark.parametrize("address", ["figures/no-such.csv", "figures/.csv"])
def test_there_is_no_other_figure(address: str, as_role: AsRole) -> None:
    assert as_role("coordinator").get(f"/desk/{address}").status_code == 404


@pytest.mark.parametrize("given", ["", "8", "-1", "x", "9" * 40, "٣٠"])
def test_other_numbers_of_days_are_the_usual_one(given: str, as_role: AsRole) -> None:
    assert "last 30 days" in as_role("coordinator").get("/desk/figures", {"days": given}).content.decode()


def test_names_stay_text_in_a_plot() -> None:
    assert "<script>" not in plots.bars("<script>", [("<script>", 1)])
