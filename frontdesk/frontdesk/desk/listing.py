"""The list of conversations, the part of it that renews itself, and saved filters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from frontdesk.accounts.models import User
from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.desk.filters import Filters
from frontdesk.desk.models import SavedFilter, State
from frontdesk.desk.positions import Position, following, ordered
from frontdesk.desk.queues import Queue, queues
from frontdesk.search.search import MOST_MATCHES
from frontdesk.transcripts.levels import Channel, Level, Subject
from frontdesk.transcripts.models import Conversation
from frontdesk.transcripts.signals import LEVEL_OF

PAGE = 50
NOTHING_NEW = 204
# What a row shows of a conversation, besides its signals and its review.
SHOWN = (
    "pk",
    "unread",
    "level",
    "latest_level",
    "subject",
    "last_message_at",
    "help_offered",
    "safety_replied",
)


@dataclass(frozen=True)
class Row:
    """One conversation of the list; `address` opens it with the way on to its neighbours."""

    conversation: Conversation
    address: str


@dataclass(frozen=True)
class Page:
    """`digest` changes whenever anything that is shown does. `after` is empty on the last page."""

    rows: list[Row]
    queues: list[Queue]
    after: str
    digest: str

    def newer_than(self, moment: datetime) -> int:
        return sum(row.conversation.last_message_at > moment for row in self.rows)


@require_GET
@requires("list")
def listing(request: DeskRequest) -> HttpResponse:
    filters = Filters.of(request.GET)
    page = _page(filters, request.user, Position.read(request.GET.get("after", "")))
    shown = {
        **_rows(filters, page, request),
        "choices": _choices(),
        "saved": request.user.filters.all(),
        "most_matches": MOST_MATCHES if filters.found.crowded else 0,
    }
    return render(request, "desk/list.html", shown)


@require_GET
@requires("list")
def news(request: DeskRequest) -> HttpResponse:
    """The rows once more if anything in them has changed since `digest`, and in words what is new since `moment`."""
    filters = Filters.of(request.GET)
    page = _page(filters, request.user, None)
    if page.digest == request.GET.get("digest"):
        return HttpResponse(status=NOTHING_NEW)
    shown = {**_rows(filters, page, request), "count": page.newer_than(_moment(request.GET)), "renewed": True}
    return render(request, "desk/rows.html", shown)


@require_POST
@requires("list")
def save_filter(request: DeskRequest) -> HttpResponse:
    """Keeps the filter under a name; the same name again replaces it."""
    name = " ".join(request.POST.get("name", "").split())[:60]
    query = Filters.of(QueryDict(request.POST.get("query", "")[:2000])).query()
    if name:
        SavedFilter.objects.update_or_create(owner=request.user, name=name, defaults={"query": query})
    return redirect(f"{reverse('desk')}?{query}")


@require_POST
@requires("list")
def forget_filter(request: DeskRequest, number: int) -> HttpResponse:
    request.user.filters.filter(pk=number).delete()
    return redirect("desk")


def _page(filters: Filters, user: User, position: Position | None) -> Page:
    found = filters.conversations(user)
    chosen = following(found, filters.order, position) if position else ordered(found, filters.order)
    conversations = list(_with_all_shown(chosen)[: PAGE + 1])
    rows = [Row(each, address_of(each, filters)) for each in conversations[:PAGE]]
    after = str(Position.of(conversations[PAGE - 1])) if len(conversations) > PAGE else ""
    waiting = queues(user)
    return Page(rows, waiting, after, _digest(conversations[:PAGE], waiting))


def address_of(conversation: Conversation, filters: Filters) -> str:
    """Where it is read, with what is needed to find the one before and the one after it in this list."""
    query = filters.query(at=Position.of(conversation))
    return f"{reverse('conversation', args=[conversation.pk])}?{query}"


def _with_all_shown(found: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Two queries for a page, however many rows it has."""
    return found.select_related("review__assignee").prefetch_related("signals")


def _digest(conversations: list[Conversation], waiting: list[Queue]) -> str:
    seen = [[getattr(each, name) for name in SHOWN] + [_reviewed(each), _signals(each)] for each in conversations]
    return hashlib.sha256(repr((seen, waiting)).encode()).hexdigest()[:16]


def _signals(conversation: Conversation) -> list[str]:
    return [signal.name for signal in conversation.signals.all()]


def _reviewed(conversation: Conversation) -> tuple[str, int | None]:
    review = getattr(conversation, "review", None)
    return (review.state, review.assignee_id) if review else (State.NEW, None)


def _rows(filters: Filters, page: Page, request: DeskRequest) -> dict[str, object]:
    first = "after" not in request.GET
    now = timezone.now()
    return {
        "filters": filters,
        "query": filters.query(),
        "page": page,
        "now": now,
        # Only the first page renews itself: what is new comes to its top.
        "news": f"{reverse('news')}?{filters.query(digest=page.digest, moment=now.timestamp())}" if first else "",
        "further": f"{reverse('desk')}?{filters.query(after=page.after)}" if page.after else "",
    }


def _moment(given: QueryDict) -> datetime:
    try:
        return datetime.fromtimestamp(float(given.get("moment", "")), tz=timezone.get_current_timezone())
    except (ValueError, OverflowError, OSError):
        return timezone.now()


def _choices() -> dict[str, object]:
    """What the filter form offers."""
    return {
        "levels": [level.label for level in reversed(Level)],
        "signals": list(LEVEL_OF),
        "channels": Channel.choices,
        "subjects": Subject.values,
        "states": State.choices,
        "people": User.objects.filter(is_active=True),
    }
