"""`frontdesk demo`: something to see on the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontdesk.invented.demo import play


class Command(BaseCommand):
    help = "Sends invented conversations through the assistant, so that the desk has something to show."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CONFIG.production:
            raise CommandError("not with MODE=production: invented people would stand among real ones", returncode=2)
        failed = 0
        for count, played in enumerate(play(), 1):
            failed += played.failed
            self.stdout.write(f"{count}. {played.talk.channel}: {played.talk.messages[0]}")
        if failed:
            problem = "was not answered by the assistant" if failed == 1 else "were not answered by the assistant"
            self.stdout.write(f"{failed} of them {problem}; is it running? (make run)")
        self.stdout.write(f"They are on the desk: {settings.CONFIG.public_url}/desk/")
