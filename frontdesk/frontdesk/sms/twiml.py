"""Answers to Twilio.

Only the last `<Message>` has a callback, and the callback gets an empty `<Response>`: by Twilio's older documentation a
message with an `action` ends the document, and what the callback answers goes on from there.
"""

from __future__ import annotations

from django.http import HttpResponse
from twilio.twiml.messaging_response import MessagingResponse

from frontdesk.sms import addresses
from frontdesk.sms.answering import NOTHING, Sent


def document(sent: Sent = NOTHING) -> str:
    twiml = MessagingResponse()
    callback = {} if sent.message is None else {"action": addresses.status(sent.message), "method": "POST"}
    for text in sent.texts[:-1]:
        twiml.message(text)
    for text in sent.texts[-1:]:
        twiml.message(text, **callback)
    return str(twiml)


def respond(sent: Sent = NOTHING) -> HttpResponse:
    return HttpResponse(document(sent), content_type="text/xml; charset=utf-8")
