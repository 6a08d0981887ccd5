"""What coordinators make of a conversation. All of it goes when the conversation is erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation, Message


class State(models.TextChoices):
    """How far the review of a conversation has come."""

    NEW = "new", "not reviewed"
    REVIEWED = "reviewed", "reviewed"
    SECOND_LOOK = "second_look", "needs a second look"
    DONE = "done", "done"


class Review(models.Model):
    """The review of one conversation; made when somebody first does something about it.

    `first_at` is when it was first given a state, `changed_at` and `changed_by` who did so last.
    """

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="review")
    state = models.CharField(max_length=16, choices=State, default=State.NEW, db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="assigned_reviews"
    )
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="second_reviews"
    )
    first_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"review of {self.conversation_id}"


class Verdict(models.TextChoices):
    """What kind of mistake a correction says it was."""

    MISSED = "missed", "missed alarm"
    FALSE_ALARM = "false_alarm", "false alarm"
    CORRECTED = "corrected", "corrected"


class Correction(models.Model):
    """What a message should have been. The last one of a message stands; earlier ones stay to be seen.

    `level` null or `topic` empty: that part was right. `reason` is the coordinator's.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="corrections")
    verdict = models.CharField(max_length=16, choices=Verdict)
    level = models.SmallIntegerField(choices=Level, null=True)
    topic = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return f"correction of message {self.message_id}"


class Note(models.Model):
    """A coordinator's private note on a conversation; the person never sees it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return f"note on {self.conversation_id}"


class SavedFilter(models.Model):
    """A filter of the list that somebody gave a name; `query` is the list's query string."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)

    class Meta:
        default_permissions = ()
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="filter_name_once"),)

    def __str__(self) -> str:
        return self.name
