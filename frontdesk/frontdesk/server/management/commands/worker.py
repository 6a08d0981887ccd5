"""`frontdesk worker`: alerts, and deleting what was kept long enough."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontdesk.alerts.addresses import BadAddressError
from frontdesk.server.tables import refuse_old_tables
from frontdesk.server.worker import Worker


class Command(BaseCommand):
    help = "Tells ALERT_URLS of emergencies and deletes what was kept long enough, until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_old_tables()
        try:
            worker = Worker()
        except BadAddressError as error:
            raise CommandError(f"ALERT_URLS: {error}", returncode=2) from error

        def stop(_signal: int, _frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        count = len(settings.CONFIG.alert_urls)
        self.stdout.write(
            f"worker: alerts to {count} addresses" if count else "worker: no alerts (ALERT_URLS is empty)"
        )
        self.stdout.flush()
        worker.run()
