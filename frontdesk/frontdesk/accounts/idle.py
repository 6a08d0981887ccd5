"""Logs out whoever has not touched the desk for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from frontdesk.accounts.permissions import DeskRequest, logged_in

DESK = "/desk/"
SEEN = "seen_at"
# What a page asks by itself, such as for news of the list, is nobody's click: it carries this header.
BY_ITSELF = "X-By-Itself"
# A session is written down again at most this often.
WRITTEN_EVERY_S = 30


class IdleTimeOut:
    """Looks at the desk's own pages only; a public page never touches a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(DESK) and request.user.is_authenticated:
            _look(request)
        return self.get_response(request)


@require_GET
@logged_in
def here(request: DeskRequest) -> HttpResponse:  # noqa: ARG001 (that it was asked for is all)
    """What a page asks when somebody types or clicks in it, and, by itself, to know whether the session has ended."""
    return HttpResponse(status=204)


def _look(request: HttpRequest) -> None:
    now = int(time.time())
    seen = request.session.get(SEEN)
    if seen is None:
        request.session[SEEN] = now
    elif now - seen > settings.CONFIG.desk_idle_minutes * 60:
        logout(request)
    elif now - seen >= WRITTEN_EVERY_S and BY_ITSELF not in request.headers:
        request.session[SEEN] = now
