"""The list: its order, its filters, its pages, and how it renews itself."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from frontdesk.accounts.models import User
from frontdesk.desk.listing import PAGE
from frontdesk.desk.models import Review, SavedFilter, State
from frontdesk.sms import delivery
from frontdesk.transcripts.levels import Alert, Channel, Level, Subject
from frontdesk.transcripts.models import Conversation, Message
from tests.conftest import AsRole, Configure
from tests.desk.made import conversation, message

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_role: AsRole) -> Client:
    return as_role("coordinator")


def listed(desk: Client, query: str = "show=all") -> list[Conversation]:
    return [row.conversation for row in desk.get(f"/desk/?{query}").context["page"].rows]


def test_the_most_urgent_unread_come_first_and_then_the_latest(desk: Client) -> None:
    old_crisis = conversation(Level.CRISIS, minutes=1)
    new_crisis = conversation(Level.CRISIS, minutes=2)
    question = conversation(Level.NONE, minutes=9)
    read_emergency = conversation(Level.EMERGENCY, minutes=3)
    Conversation.objects.filter(pk=read_emergency.pk).update(unread=False)

    assert listed(desk) == [new_crisis, old_crisis, question, read_emergency]
    assert listed(desk, "show=all&order=latest") == [question, read_emergency, new_crisis, old_crisis]


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ({"level": Level.NONE}, False),
        ({"level": Level.DISTRESS}, True),
        ({"level": None}, True),
        ({"level": Level.NONE, "sampled": True}, True),
        ({"level": Level.EMERGENCY, "unread": False}, False),
    ],
    ids=["a question", "distress", "a safety reply", "drawn by chance", "read"],
)
def test_what_waits_for_a_reader(desk: Client, changes: dict[str, Any], waits: bool) -> None:
    made = conversation(changes.pop("level"))
    Conversation.objects.filter(pk=made.pk).update(**changes)

    assert bool(listed(desk, "")) is waits


@pytest.mark.parametrize(("percent", "drawn"), [(0, False), (100, True)])
def test_chance_draws_as_many_as_it_was_told(configure: Configure, percent: int, drawn: bool) -> None:
    configure(desk_none_percent=percent)

    assert conversation().sampled is drawn


def test_an_alert_waits_for_a_reader_whatever_the_level(desk: Client) -> None:
    alerted = message("hello", channel=Channel.SMS)
    Message.objects.filter(pk=alerted.pk).update(alert=Alert.OPTED_OUT)

    assert [each.pk for each in listed(desk, "")] == [alerted.conversation_id]


def test_a_reply_that_did_not_arrive_brings_back_what_was_read(desk: Client) -> None:
    made = message("i want to die", Level.CRISIS, channel=Channel.SMS)
    Conversation.objects.update(unread=False)
    delivery.keep(made.pk, "sent", None)
    assert listed(desk, "") == []

    delivery.keep(made.pk, "undelivered", 30003)

    assert [each.pk for each in listed(desk, "")] == [made.conversation_id]
    shown = desk.get(f"/desk/conversations/{made.conversation_id}").content.decode()
    assert "Undelivered (30003)" in shown
    assert "the reply did not arrive" in shown


def test_a_new_message_makes_it_unread_again() -> None:
    made = conversation()
    Conversation.objects.update(unread=False)

    message("still there?", conversation=made.pk)

    assert Conversation.objects.get().unread


def found_by() -> dict[str, Conversation]:
    """Four conversations that differ in everything the list filters by."""
    ada = User.objects.get(username="coordinator")
    quiet = conversation(minutes=-60 * 48)
    danger = conversation(Level.EMERGENCY, channel=Channel.SMS, signals=("overdose",), subject=Subject.OTHER)
    message("thanks", Level.NONE, conversation=danger.pk)
    broken = conversation(None, minutes=1)
    mine = conversation(Level.DISTRESS, minutes=2)
    Review.objects.create(conversation=mine, state=State.DONE, assignee=ada, second_reader=ada)
    return {"quiet": quiet, "danger": danger, "broken": broken, "mine": mine}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "quiet danger broken mine"),
        ("level=emergency", "danger"),
        ("latest=none", "quiet danger"),
        ("signal=overdose", "danger"),
        ("channel=sms", "danger"),
        ("subject=other", "danger"),
        ("handoff=yes", "danger mine"),
        ("handoff=no", "quiet broken"),
        ("safety=yes", "broken"),
        ("state=done", "mine"),
        ("state=new", "quiet danger broken"),
        ("assignee=me", "mine"),
        ("assignee=nobody", "quiet danger broken"),
        ("second=me", "mine"),
        ("since=2026-03-01", "danger broken mine"),
        ("until=2026-02-28", "quiet"),
        ("since=2026-02-27&until=2026-02-27", "quiet"),
        ("text=hello&channel=sms", "danger"),
        ("text=thanks", "danger"),
        ("text=nowhere", ""),
        ("level=nonsense&since=yesterday&assignee=x&order=up", "quiet danger broken mine"),
        ("until=9999-12-31", "quiet danger broken mine"),
        ("assignee=99999999999999999999", "quiet danger broken mine"),
        ("text=%00", "quiet danger broken mine"),
    ],
)
def test_it_is_filtered(desk: Client, query: str, names: str) -> None:
    made = found_by()

    found = listed(desk, f"show=all&{query}")

    assert {name for name, each in made.items() if each in found} == set(names.split())


def test_a_page_begins_where_the_one_before_it_ended_whatever_came_meanwhile(desk: Client) -> None:
    same = [conversation(Level.CRISIS, minutes=1) for _ in range(60)]
    others = [conversation(Level.DISTRESS, minutes=number) for number in range(20)]
    first = desk.get("/desk/?show=all")

    conversation(Level.EMERGENCY, minutes=99)
    second = desk.get(first.context["further"])

    shown = [row.conversation for page in (first, second) for row in page.context["page"].rows]
    assert len(shown) == len(set(shown)) == 80
    assert set(shown) == {*same, *others}
    assert second.context["further"] == ""


@pytest.mark.parametrize("query", ["show=all", "show=all&text=hello&level=crisis&assignee=nobody"])
def test_no_query_per_row(desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, query: str) -> None:
    for number in range(50):
        made = conversation(Level.CRISIS, signals=("suicidal_thoughts", "panic"))
        if number % 2:
            Review.objects.create(conversation=made, assignee=User.objects.get())

    desk.get("/desk/")  # the first request writes the session

    # Session, user, two for what they may; the list and its signals, four for what else waits; people and saved
    # filters for the form.
    with django_assert_max_num_queries(13):
        desk.get(f"/desk/?{query}")


def test_the_list_renews_itself_and_says_what_is_new(desk: Client) -> None:
    conversation(Level.DISTRESS)
    page = desk.get("/desk/").content.decode()
    news = re.search(r'hx-get="([^"]+)"', page)
    assert news
    address = news[1].replace("&amp;", "&")
    assert desk.get(address).status_code == 204

    message("hes not breathing", Level.EMERGENCY, minutes=60 * 24 * 3650)
    part = desk.get(address).content.decode()

    assert part.startswith('<div id="rows"')
    assert "New: 1 conversation with a new message" in part
    assert part.index("level-4") < part.index("level-1")


def test_a_level_that_came_after_its_message_is_news_too(desk: Client) -> None:
    made = conversation(Level.DISTRESS)
    page = desk.get("/desk/").context["news"]
    Conversation.objects.filter(pk=made.pk).update(level=Level.EMERGENCY)

    assert "The list has changed" in desk.get(page).content.decode()


@pytest.mark.parametrize("change", [{"safety_replied": True}, {"help_offered": True}, {"subject": Subject.OTHER}])
def test_whatever_a_row_shows_renews_it(desk: Client, change: dict[str, Any]) -> None:
    conversation(Level.CRISIS, subject=Subject.SELF, replies=())
    address = desk.get("/desk/").context["news"]
    Conversation.objects.update(**change)

    assert desk.get(address).status_code == 200


def waiting(desk: Client, query: str = "") -> dict[str, int]:
    return {queue.words: queue.count for queue in desk.get(f"/desk/?{query}").context["page"].queues}


def test_where_the_assistant_failed_is_told_however_long_the_list(desk: Client) -> None:
    for _ in range(PAGE + 1):
        conversation(Level.DISTRESS)
    first = desk.get("/desk/")
    failed = conversation(None, minutes=1)

    assert failed.pk not in [row.conversation.pk for row in desk.get("/desk/").context["page"].rows]
    assert "1 with a safety reply" in desk.get(first.context["news"]).content.decode()
    assert listed(desk, "safety=yes") == [failed]


@pytest.mark.parametrize("then", ["second_look", "reviewed", "done"])
def test_a_second_reading_waits_until_the_second_reader_has_given_it(desk: Client, as_role: AsRole, then: str) -> None:
    made, second = conversation(Level.CRISIS), as_role("supervisor")
    address, state = f"/desk/conversations/{made.pk}", {"read_up_to": timezone.now().timestamp()}
    reader = User.objects.get(username="supervisor")
    desk.post(f"{address}/second-reader", {"person": reader.pk})
    desk.post(f"{address}/state", {**state, "state": then})

    assert [listed(each, "second=me") for each in (desk, second)] == [[], [made]]
    assert waiting(second)["for your second reading"] == 1
    second.post(f"{address}/state", {**state, "state": "reviewed"})
    assert listed(second, "second=me") == []
    assert listed(second, "second=me&show=all") == [made]


def test_what_needs_a_second_look_waits_for_whoever_takes_it(desk: Client, as_role: AsRole) -> None:
    made = conversation(Level.CRISIS)
    fields = {"state": "second_look", "read_up_to": timezone.now().timestamp()}
    desk.post(f"/desk/conversations/{made.pk}/state", fields)

    assert listed(desk, "") == []
    assert waiting(as_role("supervisor")) == {"needing a second look": 1}
    assert listed(as_role("supervisor"), "state=second_look") == [made]


def test_a_filter_is_kept_under_a_name_and_forgotten(desk: Client, as_role: AsRole) -> None:
    desk.post("/desk/filters", {"name": " my  crises ", "query": "level=crisis&evil=<script>&order=latest"})

    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("my crises", "level=crisis&order=latest")
    assert escape(f"/desk/?{kept.query}") in desk.get("/desk/").content.decode()
    as_role("supervisor").post(f"/desk/filters/{kept.pk}/forget")
    assert SavedFilter.objects.exists(), "it is somebody else's"
    desk.post(f"/desk/filters/{kept.pk}/forget")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "after",
    ["", "nonsense", "1.2.3", f"1.4.99999999999999999999.{uuid.UUID(int=1)}", f"1.{10**20}.0.{uuid.UUID(int=1)}"],
)
def test_a_place_that_is_none_is_the_top(desk: Client, after: str) -> None:
    made = conversation(Level.CRISIS)

    assert listed(desk, f"after={after}") == [made]
