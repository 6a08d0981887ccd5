"""What is deleted when: words after RETENTION_DAYS, figures after FIGURES_DAYS, a conversation on request at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django import db
from django.conf import settings
from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.audit.log import record
from frontdesk.audit.models import Action
from frontdesk.failures import log_failure
from frontdesk.keeping import emptying, files, tracker
from frontdesk.keeping.models import Run
from frontdesk.transcripts.models import Conversation
from frontdesk.transcripts.writing import writing

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
# After a run that left something undone.
AGAIN_AFTER = timedelta(minutes=10)
PROBLEMS: dict[type[Exception], str] = {
    tracker.TrackerFailed: "the assistant's tracker store could not be reached; it is tried again",
    files.FilesBusy: "the database's log was in use all the time; it is tried again",
    db.Error: "the database could not do it; it is tried again",
}


def purge(*, by: User | None = None) -> Run:
    """Deletes what was kept long enough, and what an earlier run left undone. Raises db.Error if it can't begin."""
    run = _begin(Run.Kind.RETENTION)
    _finish(run, lambda: _purge(run))
    record(Action.PURGE, by=by, detail=_counted(run))
    return run


def erase(conversation: UUID, *, by: User | None = None) -> Run:
    """Deletes one conversation from every file. `Run.problem` says what is still to do, and `next_run` when.

    Raises Conversation.DoesNotExist, and db.Error when the database can't even begin.
    """
    Conversation.objects.get(pk=conversation)
    run = _begin(Run.Kind.ERASURE)
    _finish(run, lambda: _erase(run, conversation))
    record(Action.ERASE, by=by, conversation=conversation)
    return run


def next_run() -> datetime:
    """When the worker deletes next."""
    last = Run.objects.first()
    if last is None:
        return timezone.now()
    if last.problem or last.finished_at is None:
        return last.started_at + AGAIN_AFTER
    retention = Run.objects.filter(kind=Run.Kind.RETENTION, problem="").first()
    return timezone.now() if retention is None else retention.started_at + EVERY


def words_until() -> datetime:
    """Messages from before this moment have no words any more, once the next run is through."""
    return timezone.now() - timedelta(days=settings.CONFIG.retention_days)


def figures_until() -> datetime:
    """Conversations that ended before this moment are gone, once the next run is through."""
    return timezone.now() - timedelta(days=settings.CONFIG.figures_days)


def _purge(run: Run) -> None:
    run.emptied = emptying.empty_before(words_until())
    run.conversations = emptying.delete_before(figures_until())
    run.events = tracker.forget_before(words_until()) + tracker.forget_unless(_existing)
    files.forget()


def _erase(run: Run, conversation: UUID) -> None:
    run.conversations = emptying.delete(conversation)
    run.events = tracker.forget([str(conversation)])
    files.forget()


def _existing(ids: list[str]) -> set[str]:
    """Those of the tracker store's conversations that are here too; what is no id of ours is not."""
    ours = [UUID(each) for each in ids if _is_id(each)]
    return {str(each) for each in Conversation.objects.filter(pk__in=ours).values_list("pk", flat=True)}


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _begin(kind: Run.Kind) -> Run:
    with writing():
        return Run.objects.create(kind=kind, started_at=timezone.now())


def _finish(run: Run, work: Callable[[], None]) -> None:
    try:
        work()
    except tuple(PROBLEMS) as error:
        log_failure(log, "not everything was deleted", error)
        run.problem = next(text for kind, text in PROBLEMS.items() if isinstance(error, kind))
    run.finished_at = timezone.now()
    with writing():
        run.save()


def _counted(run: Run) -> str:
    return f"{run.emptied} messages emptied, {run.conversations} conversations deleted"
