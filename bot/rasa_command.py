"""`rasa …`: Rasa's own command, without what its libraries tell their own developers; a warning that is left is ours.

Installed in place of Rasa's script (pyproject.toml). It also keeps a bare `rasa train` from reporting home.
"""

from __future__ import annotations

from bot.quiet import quiet_libraries


def main() -> None:
    """Rasa's exit code is its own: it leaves with SystemExit."""
    quiet_libraries()
    from rasa.__main__ import main as rasa

    rasa()
