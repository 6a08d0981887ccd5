"""Finds what has to be told and tells it: once for a conversation, level, reason and address, again where it failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import apprise
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from frontdesk.alerts.addresses import send
from frontdesk.alerts.models import Notice
from frontdesk.failures import log_failure
from frontdesk.pauses import pause
from frontdesk.transcripts.levels import Alert, Level
from frontdesk.transcripts.models import Conversation, Message
from frontdesk.transcripts.writing import writing

log = logging.getLogger(__name__)

# What happened while the worker was down is told late; what is older is on the desk's list anyhow.
LOOK_BACK = timedelta(days=1)
GIVE_UP_AFTER = timedelta(days=1)
# Services under way at once: one that hangs keeps no other waiting.
MOST_AT_ONCE = 16


class Alerts:
    """One worker's part in it. `tick` never waits for an address; call it every second or two."""

    def __init__(self, addresses: dict[str, apprise.Apprise]) -> None:
        self._addresses = addresses
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="alert")
        self._under_way: dict[int, Future[bool]] = {}

    def tick(self) -> None:
        """Notes what is new, starts what is due, and keeps what came of it. Raises django.db.Error."""
        if not self._addresses:
            return
        self._note()
        self._keep()
        self._start()

    def close(self) -> None:
        """Waits for what is under way, and keeps what came of it."""
        self._pool.shutdown(cancel_futures=True)
        self._keep()

    def _note(self) -> None:
        now = timezone.now()
        new = (*_reached(now - LOOK_BACK), *_not_received(now - LOOK_BACK))
        notices = [
            Notice(
                conversation_id=conversation,
                level=level,
                reason=reason,
                address=address,
                made_at=now,
                next_try_at=now,
            )
            for conversation, level, reason in new
            for address in self._addresses
        ]
        if notices:
            with writing():
                Notice.objects.bulk_create(notices, ignore_conflicts=True)

    def _start(self) -> None:
        for notice in self._due(MOST_AT_ONCE - len(self._under_way)):
            if self._claim(notice):
                self._under_way[notice.pk] = self._pool.submit(send, self._addresses[notice.address], notice)

    def _due(self, most: int) -> Iterable[Notice]:
        due = Notice.objects.filter(next_try_at__lte=timezone.now(), address__in=self._addresses)
        free = due.exclude(pk__in=self._under_way).select_related("conversation")
        return free.order_by("-level", "next_try_at")[:most]

    def _claim(self, notice: Notice) -> bool:
        """Counts the try before it is made: a worker that dies meanwhile tries again later, and never two at once."""
        tries = notice.tries + 1
        again = timezone.now() + pause(tries)
        over = again > notice.made_at + GIVE_UP_AFTER
        with writing():
            mine = Notice.objects.filter(pk=notice.pk, tries=notice.tries, sent_at=None)
            return bool(mine.update(tries=F("tries") + 1, next_try_at=None if over else again))

    def _keep(self) -> None:
        ended = [pk for pk, future in self._under_way.items() if future.done()]
        for pk in ended:
            if _went_out(self._under_way.pop(pk)):
                with writing():
                    Notice.objects.filter(pk=pk).update(sent_at=timezone.now(), next_try_at=None)
            else:
                log.warning("an alert did not go out (notice %s)", pk)


def _reached(since: datetime) -> Iterable[tuple[UUID, int, str]]:
    """Conversations that nobody was told of at the level they have reached, and no reason."""
    told = Notice.objects.filter(conversation=OuterRef("pk"), level=OuterRef("level"), reason="")
    recent = Conversation.objects.filter(level__gte=Level.CRISIS, last_message_at__gte=since)
    return ((pk, level, "") for pk, level in recent.filter(~Exists(told)).values_list("pk", "level"))


def _not_received(since: datetime) -> Iterable[tuple[UUID, int, str]]:
    """Conversations with a message in danger whose answer was not received, that message's level, and why not.

    Told also where the level was before: then somebody was in danger and had an answer, now they have none.
    """
    told = Notice.objects.filter(
        conversation=OuterRef("conversation"), level=OuterRef("found"), reason=OuterRef("alert")
    )
    recent = Message.objects.filter(alert__in=Alert.values, received_at__gte=since)
    new = recent.annotate(found=Coalesce("level", Level.NONE)).filter(~Exists(told))
    return new.order_by().values_list("conversation", "found", "alert").distinct()


def _went_out(future: Future[bool]) -> bool:
    try:
        return future.result()
    except CancelledError:
        return False
    except Exception as error:
        log_failure(log, "an alert failed", error)
        return False
