"""Who writes: one conversation a phone until a pause of a day, and whether it wants replies.

Every function but `hashed` raises django.db.Error when the database can't.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from frontdesk.sms.models import Arrival, Phone
from frontdesk.transcripts.levels import Channel
from frontdesk.transcripts.models import Conversation
from frontdesk.transcripts.store import sampled
from frontdesk.transcripts.writing import writing

PAUSE = timedelta(days=1)
# Of the 15 s that Twilio waits (frontdesk/sms/answering.py says what the rest is for).
WAIT_S = 2.0


@dataclass(frozen=True)
class Talk:
    """Where a message belongs, and since when its phone wants no replies: None while they are welcome."""

    conversation: UUID
    opted_out_at: datetime | None


def hashed(number: str) -> str:
    """HMAC-SHA-256 of the number under a key derived from SECRET_KEY; hexadecimal.

    A new SECRET_KEY makes every phone a new one, and forgets the opt-outs here (the carrier keeps its own).
    """
    return salted_hmac("frontdesk.sms.phone", number, algorithm="sha256").hexdigest()


def talk(phone: str, sid: str) -> Talk:
    """The conversation that this message belongs to; the same again for the same `sid`."""
    now = timezone.now()
    with writing(WAIT_S):
        kept, _ = Phone.objects.select_for_update().get_or_create(hash=phone)
        arrived = Arrival.objects.filter(sid=sid).first()
        if arrived is None:
            if kept.conversation is None or _paused(kept, now):
                kept.conversation = Conversation.objects.create(
                    channel=Channel.SMS, started_at=now, last_message_at=now, sampled=sampled()
                )
            kept.last_message_at = now
            kept.save()
            arrived = Arrival.objects.create(sid=sid, conversation=kept.conversation)
    return Talk(arrived.conversation_id, kept.opted_out_at)


def arrived(sid: str) -> bool:
    """Whether this message was taken in before."""
    return Arrival.objects.filter(sid=sid).exists()


def opted_out(phone: str) -> bool:
    return Phone.objects.filter(hash=phone, opted_out_at__isnull=False).exists()


def opt_out(phone: str) -> None:
    """Keeps the first moment of it."""
    with writing():
        kept, _ = Phone.objects.get_or_create(hash=phone)
        Phone.objects.filter(pk=kept.pk, opted_out_at=None).update(opted_out_at=timezone.now())


def opt_in(phone: str) -> None:
    with writing():
        Phone.objects.filter(hash=phone).update(opted_out_at=None)


def _paused(phone: Phone, now: datetime) -> bool:
    return phone.last_message_at is None or now - phone.last_message_at >= PAUSE
