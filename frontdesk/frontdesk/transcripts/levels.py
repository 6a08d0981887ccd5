"""The names that triage gives things, as the database keeps them."""

from __future__ import annotations

from django.db import models


class Level(models.IntegerChoices):
    """How urgent a message is, ordered: a higher number is more urgent. `label` is the name used outside."""

    NONE = 0, "none"
    DISTRESS = 1, "distress"
    ADDICTION = 2, "addiction"
    CRISIS = 3, "crisis"
    EMERGENCY = 4, "emergency"

    @classmethod
    def named(cls, name: str) -> Level:
        """The level called `name`; KeyError for any other name."""
        return {level.label: level for level in cls}[name]


class Kind(models.TextChoices):
    """What sort of reply it is. All but `safety` are the assistant's; `safety` is the front desk's own."""

    ANSWER = "answer"
    UNSURE = "unsure"
    HANDOFF = "handoff"
    CRISIS = "crisis"
    EMERGENCY = "emergency"
    SAFETY = "safety"


# A reply of one of these kinds brings the person to a human.
OFFERS_HELP = frozenset({Kind.HANDOFF, Kind.CRISIS, Kind.EMERGENCY})


class Subject(models.TextChoices):
    """Whose life the message is about."""

    SELF = "self"
    OTHER = "other"
    UNKNOWN = "unknown"


class Channel(models.TextChoices):
    """Where the conversation is held."""

    WEB = "web"
    SMS = "sms", "SMS"


class Cause(models.TextChoices):
    """Why the front desk answered by itself."""

    REFUSED = "refused", "the assistant was not reachable"
    TIMEOUT = "timeout", "the assistant took too long"
    STATUS = "status", "the assistant answered with an error status"
    NOT_JSON = "not_json", "the assistant's answer was not JSON"
    WRONG_SHAPE = "wrong_shape", "the assistant's answer had the wrong shape"
    EMPTY = "empty", "the assistant's answer was empty"
    BUSY = "busy", "too many people were waiting for the assistant"
    NOT_STORED = "not_stored", "the message could not be stored"
    WORDLESS = "wordless", "the message had no words: a picture, or nothing"
    INTERNAL = "internal", "the front desk itself failed"


class Delivery(models.TextChoices):
    """What became of a reply that went out by a carrier, by the carrier's own word; `withheld` is ours."""

    WITHHELD = "withheld", "not expected to arrive: the phone has opted out"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


# The person has not seen a reply that ended like this.
NOT_SEEN = frozenset({Delivery.WITHHELD, Delivery.UNDELIVERED, Delivery.FAILED})


class Alert(models.TextChoices):
    """Why a message needs a human although it was answered: in danger, and the answer did not reach the person."""

    OPTED_OUT = "opted_out", "the phone has opted out of replies"
    NOT_DELIVERED = "not_delivered", "the reply did not arrive"
