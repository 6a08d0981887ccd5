"""The two addresses that Twilio calls."""

from __future__ import annotations

import logging
import re

from django import db
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from frontdesk.failures import log_failure
from frontdesk.refusals import Refused, answers
from frontdesk.safety.short import short_safety
from frontdesk.sms import arrived, delivery
from frontdesk.sms.answering import Sent, answer
from frontdesk.sms.plain import for_phone
from frontdesk.sms.signature import signed_form
from frontdesk.sms.twiml import respond

log = logging.getLogger(__name__)

CODE = re.compile("[0-9]{1,6}")


@csrf_exempt  # Twilio's signature is the proof
@answers("POST")
def incoming(request: HttpRequest) -> HttpResponse:
    """POST /sms/twilio, a text message → TwiML with the reply. Whatever fails once it is signed, the numbers go out."""
    message = arrived.read(signed_form(request))
    try:
        return respond(answer(message))
    except Exception as error:
        log_failure(log, "a text message was not answered", error)
        return respond(Sent(for_phone(short_safety(stored=False))))


@csrf_exempt
@answers("POST")
def status(request: HttpRequest, message: int) -> HttpResponse:
    """POST /sms/twilio/status/<message>, what became of a reply → nothing."""
    form = signed_form(request)
    error = form.get("ErrorCode", "")
    try:
        delivery.keep(message, form.get("MessageStatus", ""), int(error) if CODE.fullmatch(error) else None)
    except db.Error as failure:
        log_failure(log, "a delivery status was not kept", failure)
        raise Refused("server_error") from failure
    return respond()
