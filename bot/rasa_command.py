"""`rasa …`: Rasa's own command, without what its libraries tell their own developers; a warning that is left is ours.

Installed in place of Rasa's script (pyproject.toml). It also keeps a bare `rasa train` from reporting home.
"""

from __future__ import annotations

import sys

from bot.processor import ArithmeticFault, check_arithmetic
from bot.quiet import quiet_libraries


def main() -> None:
    """Rasa's exit code is its own: it leaves with SystemExit. 2 where numpy can't be trusted."""
    quiet_libraries()
    try:
        check_arithmetic()
    except ArithmeticFault as fault:
        print(f"rasa: {fault}", file=sys.stderr)
        sys.exit(2)
    from rasa.__main__ import main as rasa

    rasa()
