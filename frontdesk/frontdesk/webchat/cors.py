"""Which websites may use the chat: exactly those of ALLOWED_ORIGINS, and the front desk's own pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from frontdesk.refusals import refusal

CHAT = "/chat/"
PREFLIGHT_SECONDS = "600"


class ExactOrigins:
    """Answers preflights, and refuses a request whose Origin is not one of ours; no Origin (no browser) is let through.

    No cookie is involved, so none is allowed along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(CHAT):
            return self.get_response(request)
        response = self._answer(request)
        patch_vary_headers(response, ["Origin"])
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("Origin")
        if origin is None:
            return self.get_response(request)
        if not _allowed(request, origin):
            return refusal("origin")
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = _preflight() if preflight else self.get_response(request)
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = "Retry-After"
        return response


def _allowed(request: HttpRequest, origin: str) -> bool:
    config = settings.CONFIG
    own = f"{request.scheme}://{request.get_host()}"
    return origin in config.allowed_origins or origin in (config.public_url, own)


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Content-Type",
            "Access-Control-Max-Age": PREFLIGHT_SECONDS,
        },
    )
