"""Adds to the audit log."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.audit.models import Action, Entry
from frontdesk.transcripts.writing import writing

LONGEST_DETAIL = 200


def record(
    action: Action,
    *,
    request: HttpRequest | None = None,
    by: User | None = None,
    conversation: UUID | None = None,
    detail: str = "",
) -> None:
    """Adds one entry, within the transaction that is open or in one of its own. Raises django.db.Error.

    `by` is the request's user unless another is named. `detail` must hold no word that a person wrote.
    """
    address = None
    if request is not None:
        address = request.META.get("REMOTE_ADDR") or None
        if by is None and isinstance(request.user, User):
            by = request.user
    entry = Entry(
        at=timezone.now(),
        by=by,
        action=action,
        conversation=conversation,
        detail=detail[:LONGEST_DETAIL],
        address=address,
    )
    if connection.in_atomic_block:
        entry.save()
        return
    with writing():
        entry.save()
