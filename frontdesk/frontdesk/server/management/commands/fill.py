"""`frontdesk fill`: as many conversations as it takes to measure the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.invented.fill import fill


class Command(BaseCommand):
    help = "Fills the database with invented conversations, without asking the assistant. For `frontdesk measure`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--conversations", type=int, default=100_000)
        parser.add_argument("--messages", type=int, default=1_000_000, help="in all of them together")
        parser.add_argument("--seed", type=int, default=1, help="another number makes other conversations")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CONFIG.production:
            raise CommandError("not with MODE=production: invented people would stand among real ones", returncode=2)
        for done in fill(options["conversations"], options["messages"], options["seed"]):
            if done % 10_000 == 0:
                self.stdout.write(f"{done} conversations")
                self.stdout.flush()
