"""The channel's own addresses, as Twilio calls them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

# Twilio asks again, up to twice and whatever failed, before it turns to the fallback URL.
# https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
RETRIES = "#rc=2&rp=all"


def webhook() -> str:
    return _public("sms-twilio")


def status(message: int) -> str:
    """Where Twilio tells what became of the reply to this message."""
    return _public("sms-status", message)


def state() -> str:
    """One line for whoever starts the front desk."""
    if not settings.CONFIG.twilio_auth_token:
        return "SMS channel: off (TWILIO_AUTH_TOKEN is empty)"
    return f"SMS channel: on, {webhook()}"


def _public(name: str, *arguments: int) -> str:
    return f"{settings.CONFIG.public_url}{reverse(name, args=arguments)}"
