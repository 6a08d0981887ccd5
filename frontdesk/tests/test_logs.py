"""A log says where an error came from and nothing of what it was about."""

from __future__ import annotations

import logging
import sys

from frontdesk.logs import Wordless


def test_the_text_of_an_exception_is_left_out() -> None:
    words = ["somebody's", "words"]
    try:
        try:
            raise ValueError(words[0])
        except ValueError as error:
            raise KeyError(words[1]) from error
    except KeyError:
        record = logging.LogRecord("test", logging.ERROR, __file__, 1, "it failed", (), sys.exc_info())

    written = Wordless("%(message)s").format(record)

    assert written.startswith("it failed\n")
    assert "test_logs.py" in written
    assert written.endswith("KeyError (its text is left out)")
    assert "somebody" not in written
    assert "words'" not in written
