"""The desk's exports and its pages for paper. All take the filter of the list in their address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.audit.log import record
from frontdesk.audit.models import Action
from frontdesk.desk.filters import Filters
from frontdesk.desk.marked import Piece, pieces
from frontdesk.desk.models import Correction
from frontdesk.desk.positions import ordered
from frontdesk.exports import rows
from frontdesk.exports.formats import csv_lines, json_lines
from frontdesk.exports.reviewed import export_reviewed
from frontdesk.transcripts.models import Conversation, Message

Writer = Callable[[Sequence[str], Iterable[rows.Row]], Iterator[str]]
TABLES: dict[str, tuple[Sequence[str], Callable[[QuerySet[Conversation]], Iterator[rows.Row]]]] = {
    "conversations": (rows.CONVERSATION, rows.conversation_rows),
    "messages": (rows.MESSAGE, rows.message_rows),
}
FORMATS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", csv_lines),
    "jsonl": ("application/x-ndjson; charset=utf-8", json_lines),
}
# As much as anybody prints.
MOST_ON_PAPER = 50


@require_GET
@requires("export")
def export(request: DeskRequest) -> HttpResponse:
    """What there is to export of the conversations that the filter finds."""
    filters = Filters.of(request.GET)
    shown = {
        "query": filters.query(),
        "count": filters.conversations(request.user).count(),
        "most_on_paper": MOST_ON_PAPER,
    }
    return render(request, "exports/export.html", shown)


@require_GET
@requires("export")
def table(request: DeskRequest, name: str, form: str) -> HttpResponse:
    """One file, sent as it is read: its size costs no memory."""
    if name not in TABLES or form not in FORMATS:
        raise Http404
    columns, read = TABLES[name]
    content_type, write = FORMATS[form]
    filters = Filters.of(request.GET)
    found = filters.conversations(request.user)
    detail = f"{name}.{form}, {found.count()} conversations: {filters.described()}"
    record(Action.EXPORT, request=request, detail=detail)
    response = StreamingHttpResponse(write(columns, read(found)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.now():%Y-%m-%d}.{form}"'
    return response  # type: ignore[return-value] # a response too, and by Django's types none of that class


@require_POST
@requires("export")
def reviewed(request: DeskRequest) -> HttpResponse:
    """Corrected messages as examples for the assistant: the file that `frontdesk export-reviewed` writes."""
    content, count = export_reviewed()
    record(Action.EXPORT, request=request, detail=f"{count} corrected messages, as examples")
    headers = {"Content-Disposition": 'attachment; filename="reviewed.yml"'}
    return HttpResponse(content, content_type="application/yaml; charset=utf-8", headers=headers)


@require_GET
@requires("export")
def print_one(request: DeskRequest, identity: UUID) -> HttpResponse:
    get_object_or_404(Conversation, pk=identity)
    return _paper(request, Conversation.objects.filter(pk=identity))


@require_GET
@requires("export")
def print_many(request: DeskRequest) -> HttpResponse:
    """The first conversations of the list, whole."""
    filters = Filters.of(request.GET)
    return _paper(request, ordered(filters.conversations(request.user), filters.order))


def _paper(request: DeskRequest, found: QuerySet[Conversation]) -> HttpResponse:
    corrections = Prefetch("corrections", Correction.objects.select_related("by"))
    messages = Prefetch("messages", Message.objects.prefetch_related("replies", corrections))
    conversations = list(found.prefetch_related(messages)[:MOST_ON_PAPER])
    for each in conversations:
        record(Action.PRINT, request=request, conversation=each.pk)
    shown = {"talks": [(each, _turns(each)) for each in conversations], "printed_at": timezone.now()}
    return render(request, "exports/paper.html", shown)


def _turns(conversation: Conversation) -> list[tuple[Message, list[Piece]]]:
    return [(message, pieces(message.text, message.evidence)) for message in conversation.messages.all()]
