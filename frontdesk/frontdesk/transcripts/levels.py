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
    INTERNAL = "internal", "the front desk itself failed"
