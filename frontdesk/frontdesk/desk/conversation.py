"""The page of one conversation. Each time it is opened, the audit log says so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import User, readers
from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.audit.log import record
from frontdesk.audit.models import Action
from frontdesk.desk.filters import Filters
from frontdesk.desk.listing import address_of
from frontdesk.desk.marked import Piece, pieces
from frontdesk.desk.models import Correction, State
from frontdesk.desk.positions import Position, following, preceding
from frontdesk.desk.topics import topics
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation, Message

# The newest are shown; a long talk opens as fast as a short one.
MESSAGES = 100


@dataclass(frozen=True)
class Turn:
    """One message with all that belongs to it. `standing` is its last correction."""

    message: Message
    pieces: list[Piece]
    corrections: list[Correction]

    @property
    def standing(self) -> Correction | None:
        return self.corrections[-1] if self.corrections else None


@require_GET
@requires("read")
def conversation(request: DeskRequest, identity: UUID) -> HttpResponse:
    found = get_object_or_404(
        Conversation.objects.select_related("review__assignee", "review__second_reader"), pk=identity
    )
    record(Action.VIEW, request=request, conversation=identity)
    filters = Filters.of(request.GET)
    at = Position.read(request.GET.get("at", "")) or Position.of(found)
    turns, earlier = _turns(found, request.GET.get("before", ""))
    query = filters.query(at=at)
    shown = {
        "conversation": found,
        "review": getattr(found, "review", None),
        "turns": turns,
        "earlier": f"{request.path}?{query}&before={earlier}" if earlier else "",
        "whole": "before" not in request.GET,
        "query": query,
        "read_up_to": found.last_message_at.timestamp(),
        "back": f"{reverse('desk')}?{filters.query()}",
        **neighbours(filters, at, request.user),
        "states": [(state.value, state.label) for state in State if state != State.NEW],
        "levels": [level.label for level in reversed(Level)],
        "topics": topics(),
        "notes": found.notes.select_related("by"),
        "people": readers(),
    }
    return render(request, "desk/conversation.html", shown)


def neighbours(filters: Filters, at: Position, user: User) -> dict[str, str]:
    """The addresses of the conversations above and below in the list one came from; empty for none."""
    found = filters.conversations(user)
    before = preceding(found, filters.order, at).first()
    after = following(found, filters.order, at).first()
    return {
        "previous": address_of(before, filters) if before else "",
        "next": address_of(after, filters) if after else "",
    }


def _turns(found: Conversation, before: str) -> tuple[list[Turn], int | None]:
    """The newest messages, or the newest before the one with this number, in order; and where earlier ones begin."""
    messages = Message.objects.filter(conversation=found)
    if before.isdecimal() and len(before) < 16 and (limit := messages.filter(pk=int(before)).first()):
        earlier = messages.filter(received_at__lt=limit.received_at)
        messages = earlier | messages.filter(received_at=limit.received_at, pk__lt=limit.pk)
    corrections = Prefetch("corrections", Correction.objects.select_related("by"))
    newest = list(messages.order_by("-received_at", "-pk").prefetch_related("replies", corrections)[: MESSAGES + 1])
    more = len(newest) > MESSAGES
    shown = newest[:MESSAGES][::-1]
    turns = [Turn(each, pieces(each.text, each.evidence), list(each.corrections.all())) for each in shown]
    return turns, shown[0].pk if more else None
