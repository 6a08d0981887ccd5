"""The desk's page about keeping, and erasing one conversation from there."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.alerts.alerts import LOOK_BACK
from frontdesk.alerts.models import Notice
from frontdesk.keeping.keeping import erase, next_run, words_until
from frontdesk.keeping.models import Run
from frontdesk.transcripts.models import Conversation, Message

RUNS = 30


@require_GET
@requires("list")
def keeping(request: DeskRequest) -> HttpResponse:
    """When words go, when that happens next, and what it did."""
    recent = Notice.objects.filter(made_at__gte=timezone.now() - LOOK_BACK)
    shown = {
        "words_days": settings.CONFIG.retention_days,
        "figures_days": settings.CONFIG.figures_days,
        "next_run": next_run(),
        "overdue": timezone.now() - next_run() > LOOK_BACK,
        "oldest": Message.objects.exclude(text="").order_by("pk").values_list("received_at", flat=True).first(),
        "words_until": words_until(),
        "runs": Run.objects.all()[:RUNS],
        "addresses": len(settings.CONFIG.alert_urls),
        "sent": recent.exclude(sent_at=None).count(),
        "waiting": recent.filter(sent_at=None, tries__gt=0).count(),
    }
    return render(request, "keeping/keeping.html", shown)


@require_http_methods(["GET", "POST"])
@requires("erase")
def erase_one(request: DeskRequest, identity: UUID) -> HttpResponse:
    """Asks once more, and then erases; what came of it is on the page about keeping."""
    conversation = get_object_or_404(Conversation, pk=identity)
    if request.method == "POST":
        erase(identity, by=request.user)
        return redirect("keeping")
    return render(request, "keeping/erase.html", {"conversation": conversation, "count": conversation.messages.count()})
