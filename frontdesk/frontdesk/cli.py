"""The command `frontdesk`: Django's management behind one name. Wrong settings are one line and exit code 2."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from frontdesk.conf import SettingsError, load


def main() -> None:
    """Runs `frontdesk COMMAND …`; `check-settings` and `check_settings` are the same command."""
    try:
        load()
    except SettingsError as error:
        sys.stderr.write(f"frontdesk: {error}\n")
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
    command = [argument.replace("-", "_") for argument in sys.argv[1:2] if not argument.startswith("-")]
    execute_from_command_line([sys.argv[0], *command, *sys.argv[1 + len(command) :]])
