"""Logs what failed without a word of whom it failed for."""

from __future__ import annotations

import logging

from django import db


def log_failure(log: logging.Logger, event: str, error: Exception) -> None:
    """The error's type and, when it is no database's, where it was: its text may quote a person's words."""
    if isinstance(error, db.Error):
        log.error("%s: %s", event, type(error).__name__)
        db.connection.close_if_unusable_or_obsolete()
    else:
        log.exception(event)
