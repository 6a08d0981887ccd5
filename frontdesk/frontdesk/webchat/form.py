"""What a client posts to the web chat, read and checked. Everything wrong raises Refused."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from frontdesk.exchange.text import storable
from frontdesk.refusals import Refused

LARGEST_BODY = 64 * 1024
LONGEST_TEXT = 10_000
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def check_size(request: HttpRequest) -> None:
    """Before anything is read, and where nothing is: the server itself would take four times as much."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Refused("body_too_large")


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the body."""
    if request.content_type != "application/json":
        raise Refused("content_type")
    check_size(request)
    try:
        found = json.loads(request.body)
    except RequestDataTooBig as error:
        raise Refused("body_too_large") from error
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json") from error
    if not isinstance(found, dict):
        raise Refused("bad_json")
    return found


def client_id(form: dict[str, Any]) -> str:
    """The client's own id of the message. Its form leaves no room for words."""
    found = form.get("id")
    if not isinstance(found, str) or not CLIENT_ID.fullmatch(found):
        raise Refused("bad_id")
    return found


def seen(form: dict[str, Any]) -> str | None:
    """The client id of the last message whose reply the client showed, if it says."""
    found = form.get("seen")
    if found is not None and not (isinstance(found, str) and CLIENT_ID.fullmatch(found)):
        raise Refused("bad_seen")
    return found


def text(form: dict[str, Any]) -> str:
    """The person's words as they wrote them, as far as a database can hold them."""
    found = form.get("text")
    if not isinstance(found, str):
        raise Refused("text_missing")
    cleaned = storable(found)
    if not cleaned.strip():
        raise Refused("text_missing")
    if len(cleaned) > LONGEST_TEXT:
        raise Refused("text_too_long")
    return cleaned
