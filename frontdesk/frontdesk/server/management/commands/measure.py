"""`frontdesk measure`: whether the desk is fast enough, with what is in the database now."""

from __future__ import annotations

import platform
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import override_settings

from frontdesk.accounts.models import User
from frontdesk.accounts.roles import Role
from frontdesk.invented.measure import GOALS_MS, measure
from frontdesk.transcripts.models import Conversation, Message


class Command(BaseCommand):
    help = "Times the desk's list, filters, search and transcripts. Fill the database first: frontdesk fill."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=5, help="how often each address is asked for")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CONFIG.production:
            raise CommandError("not with MODE=production: it opens transcripts and the audit log says so", returncode=2)
        if not Conversation.objects.exists():
            raise CommandError("there is nothing to measure with; run: frontdesk fill", returncode=2)
        user, _ = User.objects.get_or_create(username="measure", defaults={"is_active": False})
        user.groups.set(Group.objects.filter(name=Role.ADMINISTRATOR))
        User.objects.filter(pk=user.pk).update(is_active=True)
        try:
            missed = self._measure(user, options["rounds"])
        finally:
            User.objects.filter(pk=user.pk).update(is_active=False)
        if missed:
            raise CommandError(f"too slow: {', '.join(missed)}")

    def _measure(self, user: User, rounds: int) -> list[str]:
        counts = f"{Conversation.objects.count()} conversations, {Message.objects.count()} messages"
        self.stdout.write(f"{connection.vendor}, Python {platform.python_version()}: {counts}")
        missed = []
        with override_settings(CONFIG=replace(settings.CONFIG, desk_second_factor=False)):
            for timed in measure(user, rounds):
                times = f"p50 {timed.percentile(0.5):6.1f} ms   p95 {timed.percentile(0.95):6.1f} ms"
                goal = f"(goal {GOALS_MS[timed.kind]:.0f}, {len(timed.milliseconds)} requests)"
                self.stdout.write(f"{timed.kind:10} {times}   {goal}   slowest: {timed.slowest}")
                if not timed.met:
                    missed.append(timed.kind)
        return missed
