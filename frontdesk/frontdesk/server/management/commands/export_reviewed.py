"""`frontdesk export-reviewed`: what coordinators corrected, for the assistant to learn from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.audit.log import record
from frontdesk.audit.models import Action
from frontdesk.exports.reviewed import export_reviewed

FILE = Path("data", "nlu", "reviewed.yml")


class Command(BaseCommand):
    help = "Writes corrected messages as examples in Rasa's NLU form. Look through them, then: make train"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help=f"the file (default {FILE})")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["to"] or settings.CONFIG.root / FILE
        content, count = export_reviewed()
        if not count:
            self.stdout.write("no message has been corrected: nothing is written")
            return
        try:
            file.write_text(content, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"can't write {file}: {error.strerror}", returncode=2) from error
        record(Action.EXPORT, detail=f"{count} corrected messages, as examples")
        self.stdout.write(f"{count} examples in {file}; look through them, then: make train")
