"""`frontdesk snippet`: the line of HTML that puts the chat on a website."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from frontdesk.widget.snippet import LANGUAGES, snippet


class Command(BaseCommand):
    help = "Prints the line of HTML that puts the chat on a website, with the helpline and the address of the settings."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the chat and its links")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(snippet(options["lang"]))
