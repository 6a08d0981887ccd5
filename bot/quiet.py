"""Silence for what is not ours: the libraries' logs, and their warnings to their own developers."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import TextIO

import structlog

from bot.paths import ROOT

OURS = (ROOT / "bot", ROOT / "actions")
FOR_DEVELOPERS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
NO_ENTITIES = ("No labels to evaluate", "Attempting to set identical")
"""How two of `rasa test`'s warnings begin, about its figures and picture for entities: this assistant has none."""


def quiet() -> None:
    """Rasa speaks a lot before anything of ours runs. Errors are still told."""
    quiet_libraries()
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    logging.getLogger("rasa").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def quiet_libraries() -> None:
    """No word of TensorFlow's, no warning of a library to its developers, and Rasa does not report home."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.getLogger("rasa.model_testing").addFilter(_is_of_use)
    # Not by a filter: Sanic puts one in front of it when it is imported.
    warnings.showwarning = _show_ours


def _is_of_use(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith(NO_ENTITIES)


def _show_ours(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """In place of `warnings.showwarning`: a deprecation is shown when the line that caused it is ours."""
    ours = any(Path(filename).is_relative_to(folder) for folder in OURS)
    if ours or not (issubclass(category, FOR_DEVELOPERS) or str(message).startswith(NO_ENTITIES)):
        (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))
