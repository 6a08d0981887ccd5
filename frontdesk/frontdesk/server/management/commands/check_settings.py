"""`frontdesk check-settings`: says that the settings are right. Wrong ones never get here (frontdesk/cli.py)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontdesk.alerts.addresses import BadAddressError, addresses
from frontdesk.sms.addresses import state as sms_state
from frontdesk.sms.texts import NameTooLongError, check_lengths


class Command(BaseCommand):
    help = "Checks the settings of .env and says where the front desk will be."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        config = settings.CONFIG
        try:
            addresses()
        except BadAddressError as error:
            raise CommandError(f"ALERT_URLS: {error}", returncode=2) from error
        try:
            if config.twilio_auth_token:
                check_lengths()
        except NameTooLongError as error:
            raise CommandError(f"HELPLINE_NAME: {error}", returncode=2) from error
        self.stdout.write(f"settings ok: {config.mode}, {config.public_url}, listening on {config.host}:{config.port}")
        self.stdout.write(sms_state())
