"""The page of one conversation, and its review."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from frontdesk.accounts.models import User
from frontdesk.audit.models import Action, Entry
from frontdesk.desk.models import Correction, Note, Review, State, Verdict
from frontdesk.desk.reviewing import kind_of_mistake
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation, Message
from tests.conftest import AsRole
from tests.desk.made import conversation, evidence, message

pytestmark = pytest.mark.django_db
SAID = "no one cares i want to kill myself"


@pytest.fixture
def desk(as_role: AsRole) -> Client:
    return as_role("coordinator")


@pytest.fixture
def crisis() -> Message:
    return message(
        SAID,
        Level.CRISIS,
        signals=("suicidal_thoughts",),
        evidence=(evidence(SAID, "suicidal_thoughts", "kill myself"),),
    )


def page(desk: Client, made: Message | Conversation, query: str = "") -> str:
    identity = made.conversation_id if isinstance(made, Message) else made.pk
    return desk.get(f"/desk/conversations/{identity}?{query}").content.decode()


def post(desk: Client, made: Message, what: str, **fields: Any) -> Any:  # noqa: ANN401
    return desk.post(f"/desk/conversations/{made.conversation_id}/{what}", fields)


def test_the_words_a_level_rests_on_are_marked(desk: Client, crisis: Message) -> None:
    assert 'i want to <mark>kill myself<span class="why"> [suicidal_thoughts]</span></mark>' in page(desk, crisis)


def test_it_says_what_was_answered_and_how_sure_it_was(desk: Client, crisis: Message) -> None:
    shown = page(desk, crisis)

    for words in ("An answer.", "topic: treatment (0.87)", "utter_test", "about: self", "Offered: <span>More</span>"):
        assert words in shown


def test_it_says_why_the_assistant_was_not_heard(desk: Client) -> None:
    assert "the assistant took too long" in page(desk, message("hello", None))


def test_what_people_write_stays_text(desk: Client) -> None:
    evil = '<img src=x onerror=alert(1)> "quoted" =1+1 </p><script>alert(2)</script>'
    shown = page(desk, message(evil, Level.CRISIS, evidence=(evidence(evil, "<b>panic</b>", "onerror"),)))

    assert "<img src=x" not in shown
    assert "<script>alert" not in shown
    assert "<b>panic" not in shown
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in shown


def test_every_view_is_in_the_audit_log_and_without_words(desk: Client, crisis: Message) -> None:
    page(desk, crisis)
    page(desk, crisis)

    entries = list(Entry.objects.all())
    assert [(entry.action, entry.conversation, str(entry.by)) for entry in entries] == [
        (Action.VIEW, crisis.conversation_id, "coordinator")
    ] * 2
    assert {entry.detail for entry in entries} == {""}


def test_a_long_one_is_shown_in_parts_with_few_queries(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = message("number 0")
    for number in range(1, 250):
        message(f"number {number}", conversation=first.conversation_id, minutes=number // 10)

    seen: list[str] = []
    address = f"/desk/conversations/{first.conversation_id}"
    while address:
        with django_assert_max_num_queries(20):
            found = desk.get(address)
        seen = [turn.message.text for turn in found.context["turns"]] + seen
        address = found.context["earlier"]
    assert seen == [f"number {number}" for number in range(250)]


@pytest.mark.parametrize(
    "query", ["before=²", f"before={'9' * 20}", f"before={'9' * 5000}", f"at=1.{10**20}.0.{'0' * 32}"]
)
def test_a_place_that_is_none_shows_the_newest(desk: Client, crisis: Message, query: str) -> None:
    assert "kill myself" in page(desk, crisis, query)


def test_next_and_previous_follow_the_list_one_came_from(desk: Client) -> None:
    made = [conversation(Level.CRISIS, minutes=minutes) for minutes in (3, 2, 1)]
    conversation(Level.DISTRESS)
    rows = desk.get("/desk/?level=crisis").context["page"].rows

    middle = desk.get(rows[1].address)
    assert [str(made[index].pk) in middle.context[way] for way, index in (("previous", 0), ("next", 2))] == [True, True]
    assert desk.get(rows[0].address).context["previous"] == ""
    assert desk.get(rows[2].address).context["next"] == ""


def test_reviewed_and_on_to_the_next(desk: Client) -> None:
    made = [conversation(Level.CRISIS, minutes=minutes) for minutes in (2, 1)]
    first = desk.get(desk.get("/desk/").context["page"].rows[0].address)
    fields = {"state": "reviewed", "next": "1", **{name: first.context[name] for name in ("query", "read_up_to")}}

    onward = desk.post(f"/desk/conversations/{made[0].pk}/state", fields)["Location"]

    assert str(made[1].pk) in onward
    fields["query"] = desk.get(onward).context["query"]
    assert desk.post(f"/desk/conversations/{made[1].pk}/state", fields)["Location"] == "/desk/?"
    assert not Conversation.objects.filter(unread=True).exists()


@pytest.mark.parametrize(
    ("state", "unread"), [("reviewed", False), ("second_look", False), ("done", False), ("new", True)]
)
def test_a_review_has_a_state(desk: Client, crisis: Message, state: str, unread: bool) -> None:
    post(desk, crisis, "state", state=state, read_up_to=timezone.now().timestamp())

    review = Review.objects.get()
    assert (review.state, str(review.changed_by), review.conversation.unread) == (state, "coordinator", unread)
    assert bool(review.first_at) is not unread, "to say that it is unread is no review"
    assert Entry.objects.filter(action=Action.REVIEW, detail=State(state).label).exists()


def test_a_message_that_came_while_it_was_read_keeps_it_unread(desk: Client, crisis: Message) -> None:
    seen = desk.get(f"/desk/conversations/{crisis.conversation_id}").context["read_up_to"]
    message("i took them", Level.EMERGENCY, conversation=crisis.conversation_id, minutes=1)

    post(desk, crisis, "state", state="done", read_up_to=seen)

    assert Conversation.objects.get().unread


@pytest.mark.parametrize(
    ("clicked", "verdict", "level"),
    [
        ("missed_emergency", Verdict.MISSED, Level.EMERGENCY),
        ("missed_crisis", Verdict.MISSED, Level.CRISIS),
        ("false_alarm", Verdict.FALSE_ALARM, Level.NONE),
    ],
)
def test_one_click_says_what_was_missed_or_false(desk: Client, clicked: str, verdict: str, level: Level) -> None:
    made = message("hello", Level.DISTRESS)

    desk.post(f"/desk/messages/{made.pk}/corrections", {"one_click": clicked})

    correction = Correction.objects.get()
    assert (correction.verdict, correction.level) == (verdict, level)
    assert f"{Verdict(verdict).label.capitalize()} by coordinator" in page(desk, made)


@pytest.mark.parametrize(
    ("fields", "status", "kept"),
    [
        ({"level": "distress", "reason": "she jokes"}, 302, (Level.DISTRESS, "")),
        ({"topic": "detox", "reason": "asks for it"}, 302, (None, "detox")),
        ({"level": "distress", "topic": "detox", "reason": "both"}, 302, (Level.DISTRESS, "detox")),
        ({"level": "distress"}, 400, None),
        ({"level": "dire", "reason": "x"}, 400, None),
        ({"topic": "<b>", "reason": "x"}, 400, None),
        ({"reason": "nothing to correct"}, 302, None),
        ({"one_click": "nonsense"}, 400, None),
    ],
)
def test_a_level_or_topic_is_corrected_with_a_reason(
    desk: Client, crisis: Message, fields: dict[str, str], status: int, kept: tuple[Level | None, str] | None
) -> None:
    response = desk.post(f"/desk/messages/{crisis.pk}/corrections", fields)

    assert response.status_code == status
    assert [(each.level, each.topic) for each in Correction.objects.all()] == ([kept] if kept else [])
    for entry in Entry.objects.filter(action=Action.CORRECT):
        assert fields["reason"] not in entry.detail


@pytest.mark.parametrize(
    ("was", "should", "kind"),
    [
        (Level.NONE, Level.CRISIS, Verdict.MISSED),
        (None, Level.EMERGENCY, Verdict.MISSED),
        (Level.CRISIS, Level.ADDICTION, Verdict.FALSE_ALARM),
        (Level.CRISIS, Level.EMERGENCY, Verdict.CORRECTED),
        (Level.NONE, Level.DISTRESS, Verdict.CORRECTED),
        (Level.CRISIS, None, Verdict.CORRECTED),
    ],
)
def test_kind_of_mistake(was: Level | None, should: Level | None, kind: Verdict) -> None:
    assert kind_of_mistake(was, should) == kind


def test_notes_are_private_and_kept_in_order(desk: Client, crisis: Message) -> None:
    post(desk, crisis, "notes", text="first <b>")
    post(desk, crisis, "notes", text="then this")
    post(desk, crisis, "notes", text="   ")

    shown = page(desk, crisis)
    assert Note.objects.count() == 2
    assert shown.index("first &lt;b&gt;") < shown.index("then this")
    assert not Entry.objects.filter(detail__contains="first").exists()


def test_it_is_given_to_oneself_to_another_and_to_nobody(desk: Client, as_role: AsRole, crisis: Message) -> None:
    as_role("supervisor")
    other = User.objects.get(username="supervisor")
    assigned = []
    for person in ("me", str(other.pk), ""):
        post(desk, crisis, "assignee", person=person)
        assigned.append(str(Review.objects.get().assignee))

    assert assigned == ["coordinator", "supervisor", "None"]
    assert post(desk, crisis, "assignee", person="4711").status_code == 404


def test_whoever_only_assigns_has_not_reviewed(desk: Client, as_role: AsRole, crisis: Message) -> None:
    post(desk, crisis, "state", state="reviewed", read_up_to=timezone.now().timestamp())
    reviewed_at = Review.objects.get().changed_at

    post(as_role("supervisor"), crisis, "assignee", person="me")

    review = Review.objects.get()
    assert (str(review.changed_by), review.changed_at) == ("coordinator", reviewed_at)


def test_a_second_reader_is_asked_for(desk: Client, crisis: Message) -> None:
    post(desk, crisis, "second-reader", person="me")

    review = Review.objects.get()
    assert (str(review.second_reader), review.state) == ("coordinator", State.SECOND_LOOK)


def test_what_is_not_there_is_not_found(desk: Client) -> None:
    nowhere = "00000000-0000-4000-8000-000000000000"
    assert desk.get(f"/desk/conversations/{nowhere}").status_code == 404
    assert desk.post("/desk/messages/4711/corrections", {"one_click": "false_alarm"}).status_code == 404
    assert not Entry.objects.filter(action=Action.VIEW).exists()
