"""Conversations, messages and replies. Every text here is redacted: the raw text is never written down."""

from __future__ import annotations

import uuid

from django.db import models

from frontdesk.transcripts.levels import Alert, Cause, Channel, Delivery, Kind, Level, Subject

FILTERED = ("channel", "subject", "latest_level", "help_offered", "safety_replied", "sampled")


class Conversation(models.Model):
    """One person's talk on one channel. `id` is what the assistant knows it by.

    `level` is the highest level so far and never falls; `latest_level` is that of the last message that was assessed,
    null before the first. `subject` is that of the message with the highest level, `signals` all there were.

    `unread` stands until a coordinator has reviewed it, and again after each new message. `sampled` says that chance
    put it before the coordinators whatever its level.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=8, choices=Channel)
    started_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    level = models.SmallIntegerField(choices=Level, default=Level.NONE)
    latest_level = models.SmallIntegerField(choices=Level, null=True)
    help_offered = models.BooleanField(default=False)
    safety_replied = models.BooleanField(default=False)
    subject = models.CharField(max_length=8, choices=Subject, default=Subject.UNKNOWN)
    unread = models.BooleanField(default=True)
    sampled = models.BooleanField(default=False)

    class Meta:
        # The orders of the desk's list, whole keys: a page begins where the one before it ended. Then what the list is
        # filtered by: a rare combination is found in the index alone (of 100,000: 0.02 s in place of 0.5 s on SQLite).
        indexes = (
            models.Index(fields=("-last_message_at", "-id", *FILTERED), name="conversation_latest"),
            models.Index(
                fields=("-unread", "-level", "-last_message_at", "-id", *FILTERED), name="conversation_urgent"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latest_level__isnull=True) | models.Q(latest_level__lte=models.F("level")),
                name="conversation_level_is_the_highest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"


class Signal(models.Model):
    """A signal that some message of the conversation carried: for finding conversations by it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="signals", db_index=False)
    name = models.CharField(max_length=100)

    class Meta:
        indexes = (models.Index(fields=("name", "conversation"), name="signal_where"),)
        constraints = (models.UniqueConstraint(fields=("conversation", "name"), name="signal_once"),)

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """What a person wrote, and what the assistant made of it.

    `id` goes to the assistant and never to the person. `client_id` is the channel's own id of the message: a repeat of
    it is the same message. `received_at` is when it came in, `answered_at` when its replies were settled (null: not
    yet, or cut off by a restart). The assessment is null or empty where the assistant was not asked or failed.
    `evidence` is a list of {"signal", "start", "end"}: character offsets into `text`.

    `delivery` is what the carrier said of the replies, empty where nobody says (web) or has said yet; `delivery_error`
    is the carrier's number for why not. `alert` marks what a coordinator has to see although it was answered.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    client_id = models.CharField(max_length=64)
    text = models.TextField()
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    level = models.SmallIntegerField(choices=Level, null=True)
    signals = models.JSONField(default=list)
    subject = models.CharField(max_length=8, choices=Subject, blank=True)
    evidence = models.JSONField(default=list)
    intent = models.CharField(max_length=100, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    confidence = models.FloatField(null=True)
    delivery = models.CharField(max_length=16, choices=Delivery, blank=True)
    delivery_error = models.PositiveIntegerField(null=True)
    alert = models.CharField(max_length=16, choices=Alert, blank=True)

    class Meta:
        ordering = ("received_at", "id")
        indexes = (
            models.Index(fields=("conversation", "received_at"), name="message_in_order"),
            # Few have one, and the worker asks for them every second.
            models.Index(fields=("alert", "conversation"), name="message_alerted"),
        )
        constraints = (
            models.UniqueConstraint(fields=("conversation", "client_id"), name="message_once_in_a_conversation"),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Reply(models.Model):
    """One reply to a message, in the order shown. `cause` says why a reply of kind `safety` was given."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.TextField()
    buttons = models.JSONField(default=list)
    response = models.CharField(max_length=100, blank=True)
    cause = models.CharField(max_length=16, choices=Cause, blank=True)

    class Meta:
        ordering = ("position",)
        verbose_name_plural = "replies"
        constraints = (
            models.UniqueConstraint(fields=("message", "position"), name="reply_order"),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.SAFETY, cause__in=Cause.values)
                | (~models.Q(kind=Kind.SAFETY) & models.Q(cause="")),
                name="reply_cause_if_and_only_if_safety",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} reply to {self.message_id}"
