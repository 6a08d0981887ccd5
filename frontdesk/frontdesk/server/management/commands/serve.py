"""`frontdesk serve`: the front desk's one process."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django import db
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.executor import MigrationExecutor

from frontdesk.redaction.redact import redact
from frontdesk.server.waitress import make_server
from frontdesk.sms.addresses import state as sms_state
from frontdesk.wsgi import application


class Command(BaseCommand):
    help = "Serves the front desk on FRONTDESK_HOST and FRONTDESK_PORT until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        config = settings.CONFIG
        _refuse_old_tables()
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


def _refuse_old_tables() -> None:
    """A database that is away is no reason to stay away too: people still get the numbers. An old one is a mistake."""
    try:
        executor = MigrationExecutor(db.connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except db.Error:
        return
    if behind:
        raise CommandError("the database's tables are not up to date; run: frontdesk migrate", returncode=2)


def _stop(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise SystemExit(0)
