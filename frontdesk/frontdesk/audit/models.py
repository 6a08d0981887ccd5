"""One line of the audit log."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class Action(models.TextChoices):
    """What somebody did, or what the front desk did by itself."""

    LOGIN = "login", "logged in"
    LOGIN_FAILED = "login_failed", "failed to log in"
    LOCKED_OUT = "locked_out", "was locked out"
    LOGOUT = "logout", "logged out"
    FACTOR = "factor", "second factor"
    PASSWORD = "password", "changed the password"
    DENIED = "denied", "was refused"
    VIEW = "view", "read the conversation"
    REVIEW = "review", "reviewed"
    CORRECT = "correct", "corrected a message"
    NOTE = "note", "wrote a note"
    ASSIGN = "assign", "assigned"
    EXPORT = "export", "exported"
    PRINT = "print", "printed"
    ERASE = "erase", "erased the conversation"
    PURGE = "purge", "purged what was kept long enough"
    PEOPLE = "people", "managed people"


class AppendOnlyError(Exception):
    """Somebody tried to change or remove what is in the log."""


def _refuse() -> NoReturn:
    raise AppendOnlyError("the audit log can only be added to")


class Entries(models.QuerySet["Entry"]):
    """Reads and adds; nothing else. The database refuses the rest too (frontdesk/audit/triggers.py)."""

    def update(self, **_: object) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()

    def bulk_update(self, *_: object, **__: object) -> NoReturn:
        _refuse()

    def update_or_create(self, *_: object, **__: object) -> NoReturn:
        _refuse()


class Entry(models.Model):
    """`by` is null where nobody was logged in or the front desk did it by itself. `conversation` is only its id: the
    entry outlives what it is about. `detail` is a few plain words of ours, never a person's.
    """

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=16, choices=Action)
    conversation = models.UUIDField(null=True, db_index=True)
    detail = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)

    objects = Entries.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-id",)
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (handed on to Django's)
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *_: object, **__: object) -> NoReturn:
        _refuse()
