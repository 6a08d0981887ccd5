"""`frontdesk administrator NAME`: somebody who can let others in, with a password that is shown once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.accounts.models import User
from frontdesk.accounts.people import make_person, new_password
from frontdesk.accounts.roles import Role
from frontdesk.accounts.second_factor import forget
from frontdesk.audit.log import record
from frontdesk.audit.models import Action


class Command(BaseCommand):
    help = "Makes an administrator of the desk, or gives the one of this name a new password; prints it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--if-none", action="store_true", help="only while nobody has a login, and never in production"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["name"]
        if options["if_none"] and (settings.CONFIG.production or User.objects.exists()):
            return
        person = User.objects.filter(username=name).first()
        if person is None:
            person, password = make_person(name, Role.ADMINISTRATOR)
        elif person.role != Role.ADMINISTRATOR:
            raise CommandError(f"{name} is no administrator; an administrator changes roles on the desk", returncode=2)
        else:
            person.is_active = True
            password = new_password(person)
            forget(person.pk)
        record(Action.PEOPLE, detail=f"{person}: administrator by command")
        self.stdout.write(f"{name} {password}")
