"""The worker: what has to be done without anybody asking for it, apart from the process that answers people."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django import db
from django.utils import timezone

from frontdesk.alerts.addresses import addresses
from frontdesk.alerts.alerts import Alerts
from frontdesk.exchange.later import Later
from frontdesk.failures import log_failure
from frontdesk.keeping.keeping import next_run, purge

log = logging.getLogger(__name__)

# An alert is out within 10 s of the message: this, and what the service takes.
EVERY_S = 1.0
LATER_EVERY_S = 5.0
KEEPING_EVERY_S = 60.0


class Worker:
    """Runs until `stop`. What fails is logged and done again: a database that is away comes back."""

    def __init__(self) -> None:
        """Raises BadAddressError for an alert address that is none."""
        self._alerts = Alerts(addresses())
        self._stopped = threading.Event()
        # In threads of their own: deleting much, or an assistant that hangs, takes longer than an alert may wait.
        self._beside = (
            threading.Thread(target=self._repeat, args=(_keep, KEEPING_EVERY_S), name="keeping"),
            threading.Thread(target=self._repeat, args=(Later().tick, LATER_EVERY_S), name="later"),
        )

    def run(self) -> None:
        for thread in self._beside:
            thread.start()
        try:
            self._repeat(self._alerts.tick, EVERY_S)
        finally:
            self.stop()
            self._attempt(self._alerts.close)
            for thread in self._beside:
                thread.join()

    def stop(self) -> None:
        self._stopped.set()

    def _repeat(self, work: Callable[[], object], every_s: float) -> None:
        while not self._stopped.is_set():
            self._attempt(work)
            self._stopped.wait(every_s)
        db.connection.close()

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            log_failure(log, "the worker failed and tries again", error)


def _keep() -> None:
    if next_run() <= timezone.now():
        purge()
