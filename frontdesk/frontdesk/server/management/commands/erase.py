"""`frontdesk erase ID`: one conversation, gone from every file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.keeping.keeping import erase
from frontdesk.transcripts.models import Conversation


class Command(BaseCommand):
    help = (
        "Deletes one conversation: its transcript, what coordinators wrote about it, and the assistant's memory of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("conversation", type=UUID, help="its id, as the desk shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = erase(options["conversation"])
        except Conversation.DoesNotExist as error:
            raise CommandError("there is no conversation of this id", returncode=2) from error
        if run.problem:
            raise CommandError(f"erased here, but {run.problem}")
        self.stdout.write(f"erased, with {run.events} events of the assistant's tracker store")
