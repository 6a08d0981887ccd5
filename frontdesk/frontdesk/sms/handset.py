"""A phone without a carrier: signs what it sends as Twilio does, and reads the TwiML that comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
from django.conf import settings
from twilio.request_validator import RequestValidator

from frontdesk.sms.addresses import webhook
from frontdesk.sms.signature import HEADER

# Twilio gives up after this.
LONGEST_WAIT_S = 15.0


class NoAnswerError(Exception):
    """The front desk could not be reached, or refused; the text says which."""


@dataclass(frozen=True)
class Handset:
    """`number` is who writes, `desk` where the front desk listens: scheme, host and port."""

    number: str
    desk: str

    def send(self, body: str) -> list[str]:
        """The messages that come back. Raises NoAnswerError."""
        fields = {
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "From": self.number,
            "To": settings.CONFIG.helpline.e164,
            "Body": body,
            "NumMedia": "0",
        }
        try:
            answer = self.post(webhook(), fields)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswerError(f"no front desk answers at {self.desk} ({type(error).__name__})") from error
        if answer.status_code != httpx.codes.OK:
            raise NoAnswerError(f"the front desk answered {answer.status_code}")
        try:
            return messages(answer.text)
        except ElementTree.ParseError as error:
            raise NoAnswerError(f"what answers at {self.desk} is no front desk (no TwiML)") from error

    def post(self, address: str, fields: dict[str, str]) -> httpx.Response:
        """Posts to the front desk what is meant for its public `address`."""
        signature = RequestValidator(settings.CONFIG.twilio_auth_token).compute_signature(address, fields)
        parts = urlsplit(address)
        here = f"{self.desk}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        return httpx.post(here, data=fields, headers={HEADER: signature}, timeout=LONGEST_WAIT_S, trust_env=False)


def messages(twiml: str) -> list[str]:
    """The texts in a TwiML document of our own. Raises ElementTree.ParseError for anything that is no XML."""
    return [message.text or "" for message in ElementTree.fromstring(twiml).iter("Message")]  # noqa: S314 (our own)
