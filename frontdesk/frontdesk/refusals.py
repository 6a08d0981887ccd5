"""Every refusal: JSON with a sentence for the person, and 911, 988 and the helpline in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from frontdesk.safety.reply import helpline_json, numbers_sentence

# code: status, sentence
SENTENCES: dict[str, tuple[int, str]] = {
    "bad_request": (400, "This request could not be read."),
    "bad_json": (400, "This message arrived in a form that could not be read. Please send it again."),
    "bad_id": (400, "This message arrived without a proper id. Please reload the page and send it again."),
    "bad_seen": (
        400,
        "This message arrived in a form that could not be read. Please reload the page and send it again.",
    ),
    "text_missing": (400, "There was no text in this message."),
    "session_invalid": (401, "This chat could not be continued. Your message was not received; please send it again."),
    "session_expired": (401, "This chat was open too long. Your message was not received; please send it again."),
    "forbidden": (403, "This is not allowed."),
    "csrf": (403, "This form was open too long or came from elsewhere. Please reload the page and try again."),
    "origin": (403, "This website may not use this chat."),
    "not_found": (404, "There is nothing at this address."),
    "method": (405, "This address can't be used in this way."),
    "body_too_large": (413, "This message is too long. Please send it in parts."),
    "text_too_long": (413, "This message is longer than 10,000 characters. Please send it in parts."),
    "content_type": (415, "This message arrived in a form that could not be read."),
    "rate": (429, "That was a lot of messages at once. Please wait a moment and send this one again."),
    "server_error": (500, "Something went wrong here."),
}


class Refused(Exception):  # noqa: N818 (an answer, not a programming error)
    """Ends a view with the refusal `code`; `extra` goes into the JSON and `headers` onto the response."""

    def __init__(self, code: str, extra: dict[str, Any] | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra or {}
        self.headers = headers or {}


def body(code: str) -> dict[str, Any]:
    """The JSON of the refusal `code`."""
    return {
        "error": code,
        "message": f"{SENTENCES[code][1]} {numbers_sentence()}",
        "helpline": helpline_json(),
    }


def refusal(code: str, extra: dict[str, Any] | None = None, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({**body(code), **(extra or {})}, status=SENTENCES[code][0], headers=headers)


View = Callable[..., HttpResponse]


def answers(*methods: str) -> Callable[[View], View]:
    """Lets a view take these methods only, and turns what it raises as Refused into the refusal."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **captured: Any) -> HttpResponse:  # noqa: ANN401 (parts of the address)
            if request.method not in methods:
                return refusal("method", headers={"Allow": ", ".join(methods)})
            try:
                return view(request, **captured)
            except Refused as refused:
                return refusal(refused.code, refused.extra, refused.headers)

        return answer

    return decorate


# Django's own refusals, named in frontdesk/urls.py and frontdesk/settings.py.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return refusal_to(request, "bad_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return refusal_to(request, "forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return refusal_to(request, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    return refusal_to(request, "server_error")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return refusal_to(request, "csrf")


def refusal_to(request: HttpRequest, code: str) -> HttpResponse:
    """Staff at the desk get a page in place of JSON. It asks nothing of the database, which may be what is broken."""
    if not request.path.startswith("/desk/"):
        return refusal(code)
    status, sentence = SENTENCES[code]
    return render(None, "desk/refused.html", {"sentence": sentence}, status=status)
