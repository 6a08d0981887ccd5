"""Whether a request really comes from Twilio. There is no way to switch this off: without a token, nobody is let in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, QueryDict
from twilio.request_validator import RequestValidator

from frontdesk.refusals import Refused
from frontdesk.webchat.form import LARGEST_BODY

HEADER = "X-Twilio-Signature"
FORM = "application/x-www-form-urlencoded"


def signed_form(request: HttpRequest) -> QueryDict:
    """The fields Twilio posted. Raises Refused: the channel is off, not a form, too large, not signed by Twilio.

    Twilio signs the address it was given, so that is PUBLIC_URL, whatever a proxy made of it on the way.
    """
    token = settings.CONFIG.twilio_auth_token
    if not token:
        raise Refused("not_found")
    if request.content_type != FORM:
        raise Refused("content_type")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Refused("body_too_large")
    url = settings.CONFIG.public_url + request.get_full_path()
    if not RequestValidator(token).validate(url, request.POST, request.headers.get(HEADER, "")):
        raise Refused("forbidden")
    return request.POST
