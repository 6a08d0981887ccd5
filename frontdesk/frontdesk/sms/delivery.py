"""What became of the replies: the carrier's word for it, kept on the message they answer.

Every function raises django.db.Error when the database can't.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from frontdesk.sms.models import Phone
from frontdesk.transcripts.levels import NOT_SEEN, Alert, Delivery, Level
from frontdesk.transcripts.models import Conversation, Message
from frontdesk.transcripts.writing import writing

# Twilio's words for it, in the order they may follow each other; callbacks overtake one another.
# https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
STATUSES = {
    "accepted": (1, Delivery.QUEUED),
    "scheduled": (1, Delivery.QUEUED),
    "queued": (1, Delivery.QUEUED),
    "sending": (2, Delivery.SENDING),
    "sent": (3, Delivery.SENT),
    "delivered": (4, Delivery.DELIVERED),
    "read": (4, Delivery.DELIVERED),
    "undelivered": (4, Delivery.UNDELIVERED),
    "failed": (4, Delivery.FAILED),
    "canceled": (4, Delivery.FAILED),
    "invalid": (4, Delivery.FAILED),
}
RANKS: dict[str, int] = {"": 0, Delivery.WITHHELD: 0, **{delivery: rank for rank, delivery in STATUSES.values()}}
# "Attempt to send to unsubscribed recipient": the carrier knows of an opt-out that we don't.
OPTED_OUT_ERROR = 21610


def withhold(message: int, opted_out_at: datetime) -> bool:
    """Marks a message that came after its phone opted out. True where it is answered all the same: in danger.

    The carrier refuses such a reply (21610), so a coordinator has to see it. It is tried nevertheless: should the
    opt-out here be out of date (a START that came while the front desk was down), the person gets it. A repeat of a
    message from before the opt-out was answered then, and gets the same answer.
    """
    with writing():
        kept = Message.objects.get(pk=message)
        if kept.received_at < opted_out_at and kept.delivery != Delivery.WITHHELD:
            return True
        alert = Alert.OPTED_OUT if _in_danger(kept) else ""
        Message.objects.filter(pk=message, delivery="").update(delivery=Delivery.WITHHELD, alert=alert)
        if alert:
            _show_again(kept)
    return bool(alert)


def keep(message: int, status: str, error: int | None) -> None:
    """Keeps a status unless a later one is there. An unknown one is nothing, as is a message erased meanwhile."""
    if status not in STATUSES:
        return
    rank, delivery = STATUSES[status]
    with writing():
        kept = Message.objects.select_for_update().filter(pk=message).first()
        if kept is None or RANKS[kept.delivery] >= rank:
            return
        kept.delivery, kept.delivery_error = delivery, error
        if delivery in NOT_SEEN and not kept.alert and _in_danger(kept):
            kept.alert = Alert.NOT_DELIVERED
        kept.save(update_fields=["delivery", "delivery_error", "alert"])
        if delivery in NOT_SEEN:
            _show_again(kept)
        if error == OPTED_OUT_ERROR:
            opted_in = Phone.objects.filter(conversation=kept.conversation_id, opted_out_at=None)
            opted_in.update(opted_out_at=timezone.now())


def _show_again(message: Message) -> None:
    """Whoever has read the conversation took the reply for received."""
    Conversation.objects.filter(pk=message.conversation_id).update(unread=True)


def _in_danger(message: Message) -> bool:
    """Where the assistant could not say, the worst is taken for true."""
    return message.level is None or message.level >= Level.CRISIS
