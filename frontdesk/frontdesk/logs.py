"""Logs that hold no person's words."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

type_of_exc_info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Wordless(logging.Formatter):
    """Writes where an exception came from and its type, never its text.

    Database and decoding errors quote the value that they failed on, and that value may be somebody's message.
    """

    def formatException(self, ei: type_of_exc_info) -> str:  # noqa: N802 (logging's own name)
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__name__ if kind else 'no exception'} (its text is left out)"
