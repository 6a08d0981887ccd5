"""The guard before every page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from frontdesk.accounts.models import User
from frontdesk.accounts.verbs import VERBS
from frontdesk.audit.log import record
from frontdesk.audit.models import Action

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request that came past the guard: its user is somebody. `htmx` is truthy when htmx asks for part of a page."""

    user: User
    htmx: Any


def requires(verb: str) -> Callable[[View], View]:
    """Lets a request through to the view when its user may `verb` (frontdesk/accounts/verbs.py).

    Nobody logged in, or a second factor not yet given where one is asked for: to the page for that, and then back.
    Not allowed: a page that says so, 403, and an entry in the audit log.
    """
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is no verb of the desk")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, **captured: object) -> HttpResponse:
            if (page := missing(request)) is not None:
                return _to(request, page)
            if not request.user.has_perm(f"accounts.{verb}"):
                record(Action.DENIED, request=request, detail=verb)
                return render(request, "accounts/denied.html", {"what": VERBS[verb]}, status=403)
            return view(request, **captured)

        return _known(guarded, verb)

    return decorate


def logged_in(view: View) -> View:
    """Lets everybody through who is logged in with all that is asked for, whatever their role."""

    @wraps(view)
    def guarded(request: DeskRequest, **captured: object) -> HttpResponse:
        page = missing(request)
        return view(request, **captured) if page is None else _to(request, page)

    return _known(guarded)


def password_given(view: View) -> View:
    """For the page of the second factor itself: the password is enough to see it."""

    @wraps(view)
    def guarded(request: DeskRequest, **captured: object) -> HttpResponse:
        return view(request, **captured) if request.user.is_authenticated else _to(request, "login")

    return _known(guarded)


def missing(request: HttpRequest) -> str | None:
    """The name of the page where this request's user has to go first; None when all is there."""
    if not request.user.is_authenticated:
        return "login"
    # `is_verified` is put there by django-otp's middleware.
    if settings.CONFIG.desk_second_factor and not request.user.is_verified():  # type: ignore[attr-defined]
        return "second-factor"
    return None


def _known(guarded: View, verb: str = "") -> View:
    """Marks the view as guarded, for the test that no page of the desk is left open."""
    guarded.verb = verb  # type: ignore[attr-defined] # a function has no place of its own for it
    return guarded


def _to(request: DeskRequest, page: str) -> HttpResponse:
    """There, and back to this page afterwards; a part that htmx asked for is no page to come back to."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse(page))
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    return HttpResponseRedirect(reverse(page, query=back or None))
