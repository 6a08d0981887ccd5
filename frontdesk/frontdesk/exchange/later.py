"""Asks the assistant once more about what it could not assess when it was said, so that danger is found all the same.

The person has had the safety reply, and gets no other: only the assessment is kept. The assistant's dialogue knows
nothing of it, so that what is owed with the first answer (who speaks, who reads) is still said.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from frontdesk.assistant.answer import AssistantFailed
from frontdesk.assistant.client import assess
from frontdesk.exchange.exchange import question_about
from frontdesk.pauses import pause
from frontdesk.transcripts import store
from frontdesk.transcripts.levels import Cause
from frontdesk.transcripts.models import Message

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=1)
# A message without a reply is being answered; after this long, what answered it was cut off.
CUT_OFF_AFTER = timedelta(minutes=1)
MOST_AT_ONCE = 20


class Later:
    """One worker's part in it. What fails waits longer each time, so that it holds up nothing else."""

    def __init__(self) -> None:
        self._failed: dict[int, tuple[int, datetime]] = {}

    def tick(self) -> None:
        """Assesses what waits, oldest first, until the assistant is away. Raises django.db.Error."""
        for message in self._waiting(timezone.now()):
            try:
                answer = assess(question_about(message, None), time.monotonic() + settings.CONFIG.assistant_deadline_s)
            except AssistantFailed as failure:
                if failure.cause is Cause.REFUSED:
                    return
                self._put_off(message)
                if failure.cause is Cause.TIMEOUT:
                    return
                continue
            store.store_assessment(message, answer)
            self._failed.pop(message.pk, None)
            log.info("message %s was assessed later", message.pk)

    def _put_off(self, message: Message) -> None:
        tries = self._failed.get(message.pk, (0, None))[0] + 1
        self._failed[message.pk] = (tries, timezone.now() + pause(tries))

    def _waiting(self, now: datetime) -> Iterable[Message]:
        put_off = [pk for pk, (_, again) in self._failed.items() if again > now]
        since = now - LOOK_BACK
        # The conversation's time too: it has an index, a message's has none.
        recent = Message.objects.filter(conversation__last_message_at__gte=since, received_at__gte=since, level=None)
        worded = recent.exclude(text="").exclude(replies__cause=Cause.WORDLESS)
        cut_off = Q(answered_at=None, received_at__lt=now - CUT_OFF_AFTER)
        failed = worded.filter(cut_off | Q(conversation__safety_replied=True, answered_at__isnull=False))
        return failed.exclude(pk__in=put_off).select_related("conversation").order_by("pk")[:MOST_AT_ONCE]
