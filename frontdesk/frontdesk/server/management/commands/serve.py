"""`frontdesk serve`: the front desk's one process."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontdesk.redaction.redact import redact
from frontdesk.server.tables import refuse_old_tables
from frontdesk.server.waitress import make_server
from frontdesk.sms.addresses import state as sms_state
from frontdesk.wsgi import application


class Command(BaseCommand):
    help = "Serves the front desk on FRONTDESK_HOST and FRONTDESK_PORT until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        config = settings.CONFIG
        refuse_old_tables()
        try:
            server = make_server(application, config.host, config.port)
        except OSError as error:
            problem = f"can't listen on {config.host}:{config.port} ({error.strerror}); change FRONTDESK_PORT in .env"
            raise CommandError(problem, returncode=2) from error
        signal.signal(signal.SIGTERM, _stop)
        redact("")  # loads what the first message would otherwise wait for
        self.stdout.write(f"front desk on http://{config.host}:{config.port}/")
        self.stdout.write(sms_state())
        self.stdout.flush()
        server.run()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
