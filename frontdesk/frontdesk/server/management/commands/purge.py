"""`frontdesk purge`: what the worker does every day, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frontdesk.keeping.keeping import purge


class Command(BaseCommand):
    help = "Removes the words of messages older than RETENTION_DAYS and deletes conversations older than FIGURES_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        run = purge()
        self.stdout.write(f"{run.emptied} messages emptied, {run.conversations} conversations deleted")
        self.stdout.write(f"{run.events} events deleted from the assistant's tracker store")
        if run.problem:
            raise CommandError(run.problem)
