"""The two endpoints of the web chat."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from frontdesk.assistant.answer import Said
from frontdesk.exchange.exchange import Incoming, exchange
from frontdesk.refusals import answers
from frontdesk.safety.reply import helpline_json
from frontdesk.transcripts.levels import Channel
from frontdesk.webchat import form, rates
from frontdesk.webchat.session import conversation_of, new_session

# No cookie says who somebody is here, so a forged request has nothing to ride on: no CSRF token is needed.


@csrf_exempt
@answers("POST")
def session(request: HttpRequest) -> JsonResponse:
    """POST /chat/session → {session, expires_in, helpline}; `expires_in` in seconds."""
    rates.check_address(request)
    form.check_size(request)
    lasts = settings.CONFIG.session_hours * 3600
    return JsonResponse({"session": new_session(), "expires_in": lasts, "helpline": helpline_json()})


@csrf_exempt
@answers("POST")
def message(request: HttpRequest) -> JsonResponse:
    """POST /chat/message {session, id, text, seen?} → {replies, helpline, stored}. The level stays inside."""
    rates.check_address(request)
    posted = form.read_json(request)
    conversation = conversation_of(posted.get("session"))
    rates.check_session(conversation)
    incoming = Incoming(
        conversation=conversation,
        channel=Channel.WEB,
        client_id=form.client_id(posted),
        text=form.text(posted),
        seen=form.seen(posted),
    )
    outcome = exchange(incoming)
    replies = [_shown(reply) for reply in outcome.replies]
    return JsonResponse({"replies": replies, "helpline": helpline_json(), "stored": outcome.stored})


def _shown(reply: Said) -> dict[str, Any]:
    return {"text": reply.text, "kind": reply.kind, "buttons": [asdict(button) for button in reply.buttons]}
