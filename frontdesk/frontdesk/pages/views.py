"""The home page with the chat, and the address that says whether the front desk is up."""

from __future__ import annotations

from django import db
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from frontdesk.refusals import answers
from frontdesk.widget.snippet import links, snippet


@csrf_exempt  # nothing is posted here: another method is refused as such
@answers("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """Needs no database: the numbers are there whatever is broken."""
    shown = {"days": settings.CONFIG.retention_days, "links": links(), "snippet": str(snippet())}
    return render(request, "pages/home.html", shown)


@csrf_exempt
@answers("GET", "HEAD")
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 while the front desk answers people, a failing database included: it then still gives the numbers."""
    return JsonResponse({"status": "ok", "storage": "ok" if _storage() else "failing"})


def _storage() -> bool:
    try:
        with db.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM transcripts_message LIMIT 1")
    except db.Error:
        return False
    return True
