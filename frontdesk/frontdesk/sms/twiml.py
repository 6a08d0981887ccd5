"""Answers to Twilio.

One `<Message>` each, and an empty `<Response>` to its callback: by Twilio's older documentation a message with an
`action` ends the document, and what the callback answers goes on from there.
"""

from __future__ import annotations

from django.http import HttpResponse
from twilio.twiml.messaging_response import MessagingResponse

from frontdesk.sms import addresses
from frontdesk.sms.answering import NOTHING, Sent


def document(sent: Sent = NOTHING) -> str:
    twiml = MessagingResponse()
    if sent.text and sent.message is not None:
        twiml.message(sent.text, action=addresses.status(sent.message), method="POST")
    elif sent.text:
        twiml.message(sent.text)
    return str(twiml)


def respond(sent: Sent = NOTHING) -> HttpResponse:
    return HttpResponse(document(sent), content_type="text/xml; charset=utf-8")
