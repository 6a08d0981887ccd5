"""What the buttons of a conversation's page do; then back to it, or on to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdesk.accounts.models import User, readers
from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.desk import review
from frontdesk.desk.conversation import neighbours
from frontdesk.desk.filters import ME, Filters
from frontdesk.desk.models import State, Verdict
from frontdesk.desk.positions import Position
from frontdesk.desk.topics import is_topic
from frontdesk.refusals import refusal_to
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation, Message

LONGEST_TEXT = 10_000
# What one click means: the kind of mistake, and the level it should have been.
ONE_CLICK: dict[str, tuple[Verdict, Level]] = {
    "missed_emergency": (Verdict.MISSED, Level.EMERGENCY),
    "missed_crisis": (Verdict.MISSED, Level.CRISIS),
    "false_alarm": (Verdict.FALSE_ALARM, Level.NONE),
}


@require_POST
@requires("correct")
def state(request: DeskRequest, identity: UUID) -> HttpResponse:
    """Gives the review a state, and goes on to the next conversation where that was asked for."""
    found = get_object_or_404(Conversation, pk=identity)
    try:
        chosen = State(request.POST.get("state", ""))
        read_up_to = datetime.fromtimestamp(float(request.POST.get("read_up_to", "")), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return refusal_to(request, "bad_request")
    review.set_state(request, found.pk, chosen, read_up_to)
    if "next" not in request.POST:
        return _back(request, identity)
    filters, at = _list(request)
    onward = neighbours(filters, at, request.user)["next"] if at else ""
    return HttpResponseRedirect(onward or f"{reverse('desk')}?{filters.query()}")


@require_POST
@requires("assign")
def assign(request: DeskRequest, identity: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation, pk=identity)
    review.assign(request, found.pk, _person(request))
    return _back(request, identity)


@require_POST
@requires("assign")
def second_reader(request: DeskRequest, identity: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation, pk=identity)
    review.ask_second_reader(request, found.pk, _person(request))
    return _back(request, identity)


@require_POST
@requires("note")
def note(request: DeskRequest, identity: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation, pk=identity)
    if text := _text(request, "text"):
        review.add_note(request, found.pk, text)
    return _back(request, identity, "notes")


@require_POST
@requires("correct")
def correct(request: DeskRequest, number: int) -> HttpResponse:
    """One click, or a level and a topic with a reason."""
    message = get_object_or_404(Message, pk=number)
    try:
        if clicked := request.POST.get("one_click"):
            verdict, level = ONE_CLICK[clicked]
            review.correct(request, message, verdict, level)
        else:
            _correct_by_form(request, message)
    except (KeyError, ValueError):
        return refusal_to(request, "bad_request")
    return _back(request, message.conversation_id, f"message-{message.pk}")


def _correct_by_form(request: DeskRequest, message: Message) -> None:
    """Raises KeyError or ValueError for what the form on the page can't have sent."""
    named, topic, reason = (_text(request, name) for name in ("level", "topic", "reason"))
    level = Level.named(named) if named else None
    if not reason or (topic and not is_topic(topic)):
        raise ValueError("no reason, or no topic of ours")
    if level is not None or topic:
        review.correct(request, message, kind_of_mistake(message.level, level), level, topic, reason)


def kind_of_mistake(was: int | None, should: Level | None) -> Verdict:
    """An alarm is a crisis or an emergency."""
    if should is None:
        return Verdict.CORRECTED
    rang, ought = (was or Level.NONE) >= Level.CRISIS, should >= Level.CRISIS
    if rang == ought:
        return Verdict.CORRECTED
    return Verdict.MISSED if ought else Verdict.FALSE_ALARM


def _text(request: DeskRequest, name: str) -> str:
    return request.POST.get(name, "").strip().replace("\0", "")[:LONGEST_TEXT]


def _person(request: DeskRequest) -> User | None:
    """Whom the form names; None for nobody, 404 for somebody who may not read."""
    wanted = request.POST.get("person", "")
    if not wanted:
        return None
    if wanted == ME:
        return request.user
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 16 else 0
    return get_object_or_404(readers(), pk=number)


def _list(request: DeskRequest) -> tuple[Filters, Position | None]:
    """The list that the page was come to from, and the place in it."""
    query = QueryDict(request.POST.get("query", "")[:4000])
    return Filters.of(query), Position.read(query.get("at", ""))


def _back(request: DeskRequest, identity: UUID, anchor: str = "") -> HttpResponse:
    filters, at = _list(request)
    query = filters.query(at=at) if at else filters.query()
    return redirect(f"{reverse('conversation', args=[identity])}?{query}{'#' if anchor else ''}{anchor}")
