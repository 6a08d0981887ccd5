"""The one way a script fails: a sentence for the person, and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130


class Problem(Exception):
    """Something the person can mend: the text says what is wrong, where, and what to do."""

    def __init__(self, text: str, code: int = FAILED) -> None:
        super().__init__(text)
        self.code = code


def exit_with(main: Callable[[], int]) -> None:
    """Run a script's main and leave with its exit code; a `Problem` becomes its text, without a stack trace."""
    try:
        code = main()
    except Problem as problem:
        print(problem, file=sys.stderr)
        code = problem.code
    except KeyboardInterrupt:
        print("Interrupted. Run the same command again to go on.", file=sys.stderr)
        code = INTERRUPTED
    sys.exit(code)
