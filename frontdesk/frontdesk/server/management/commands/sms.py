"""`frontdesk sms`: a phone in the terminal, to try the SMS channel without a carrier."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.sms.handset import Handset, NoAnswerError
from frontdesk.sms.parts import limits, parts, units

# Made-up numbers end in 555-01xx: they belong to nobody.
NUMBER = "+12125550123"


class Command(BaseCommand):
    help = "Writes to the front desk as a phone does: each line is a text message, the reply is shown in its parts."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--number", default=NUMBER, help=f"who writes (default {NUMBER})")
        desk = _desk(settings.CONFIG.host, settings.CONFIG.port)
        parser.add_argument("--desk", default=desk, help=f"where the front desk listens (default {desk})")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CONFIG.twilio_auth_token:
            problem = "TWILIO_AUTH_TOKEN is empty, so the SMS channel is off; to try it without Twilio, put any"
            raise CommandError(f"{problem} 32 characters there (openssl rand -hex 16), here and for the front desk")
        phone = Handset(options["number"], options["desk"].rstrip("/"))
        self._note(f"{phone.number} writes to {phone.desk}; one message a line, Ctrl-D ends.")
        while line := self._line():
            self._say(phone, line)

    def _line(self) -> str:
        """The next line, and "" at the end of the input."""
        if sys.stdin.isatty():
            self.stdout.write("> ", ending="")
            self.stdout.flush()
        return sys.stdin.readline()

    def _say(self, phone: Handset, line: str) -> None:
        try:
            received = phone.send(line.rstrip("\n"))
        except NoAnswerError as error:
            raise CommandError(str(error)) from error
        if not received:
            self._note("(no reply)")
        for text in received:
            cut = parts(text)
            for number, part in enumerate(cut, 1):
                self.stdout.write(f"[{number}/{len(cut)}] {part}")
            self._note(f"{units(text)} of {_room(text, len(cut))} in {limits(text).name}")

    def _note(self, text: str) -> None:
        self.stdout.write(self.style.NOTICE(text))


def _desk(host: str, port: int) -> str:
    """Where the front desk listens on this machine; on every network means on loopback too."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not listened on)
    return f"http://{f'[{near}]' if ':' in near else near}:{port}"


def _room(text: str, count: int) -> int:
    return limits(text).single if count <= 1 else limits(text).part * count
