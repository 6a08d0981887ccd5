"""Which names the front desk answers to: those of ALLOWED_HOSTS, and any where a signature proves what was called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware

# Twilio's signature is of PUBLIC_URL, whatever name the proxy asks for: most ask for the upstream's own by default.
SIGNED = "/sms/"


class KnownHosts(CommonMiddleware):
    """Django's own check but for what is signed: there a refusal would cost a person the answer."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if request.path_info.startswith(SIGNED) else super().process_request(request)
