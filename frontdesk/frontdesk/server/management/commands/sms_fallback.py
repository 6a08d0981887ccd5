"""`frontdesk sms-fallback`: the TwiML that answers while the front desk can't."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontdesk.sms.addresses import RETRIES, webhook
from frontdesk.sms.answering import Sent
from frontdesk.sms.texts import fallback_text
from frontdesk.sms.twiml import document

HOW = f"""\
Put this document on a host that does not fall together with the front desk: a TwiML Bin at Twilio (Develop > TwiML
Bins), or any static web host (as text/xml). Enter its address as the Fallback URL of the Messaging Service or number,
by HTTP GET, and the front desk as the Request URL with {RETRIES}, so that Twilio asks twice more, whatever failed:
  {{webhook}}{RETRIES}
Make it again when HELPLINE_NAME or HELPLINE_NUMBER changes.
"""


class Command(BaseCommand):
    help = "Prints the static TwiML for Twilio's fallback URL (and, to the terminal, how to set it)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(Sent((fallback_text(),))))
        self.stderr.write(HOW.format(webhook=webhook()))
