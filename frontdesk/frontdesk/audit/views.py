"""The audit log as the desk shows it: newest first, and nothing in it can be changed from there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import User
from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.audit.models import Action, Entry

PAGE = 100


@require_GET
@requires("manage")
def audit(request: DeskRequest) -> HttpResponse:
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("action", "person", "conversation")}
    found = Entry.objects.select_related("by")
    if given["action"] in Action.values:
        found = found.filter(action=given["action"])
    if given["person"]:
        found = found.filter(by__username=given["person"])
    if given["conversation"]:
        found = found.filter(conversation=_identity(given["conversation"]))
    if (before := request.GET.get("before", "")).isdecimal() and len(before) < 16:
        found = found.filter(pk__lt=int(before))
    entries = list(found[: PAGE + 1])
    more = {**given, "before": str(entries[PAGE - 1].pk)} if len(entries) > PAGE else None
    shown = {
        "entries": entries[:PAGE],
        "further": f"{reverse('audit')}?{urlencode(more)}" if more else "",
        "given": given,
        "actions": Action.choices,
        "people": User.objects.values_list("username", flat=True),
    }
    return render(request, "audit/audit.html", shown)


def _identity(text: str) -> UUID:
    """No conversation for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
