"""The pages of the desk in its head, as far as one may open them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from frontdesk.accounts.idle import DESK
from frontdesk.accounts.permissions import missing

# (the words, the page's name in urls.py, the verb it asks for)
PAGES: tuple[tuple[str, str, str], ...] = (
    ("Conversations", "desk", "list"),
    ("Figures", "figures", "list"),
    ("Keeping", "keeping", "list"),
    ("People", "people", "manage"),
    ("Audit log", "audit", "manage"),
)


def menu(request: HttpRequest) -> dict[str, object]:
    """For every template of the desk: `menu`, a list of (words, address, whether it is this page); `idle_minutes`."""
    if not request.path.startswith(DESK) or not hasattr(request, "user") or missing(request) is not None:
        return {}
    here = request.resolver_match.url_name if request.resolver_match else ""
    allowed = [(words, name) for words, name, verb in PAGES if request.user.has_perm(f"accounts.{verb}")]
    pages = [(words, reverse(name), name == here) for words, name in allowed]
    return {"menu": pages, "idle_minutes": settings.CONFIG.desk_idle_minutes}
