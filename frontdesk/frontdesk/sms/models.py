"""What the channel remembers of a phone. Its number is nowhere, only a keyed hash of it."""

from __future__ import annotations

from django.db import models

from frontdesk.transcripts.models import Conversation


class Phone(models.Model):
    """One sender. `conversation` is the present one; `opted_out_at` is null while replies are welcome."""

    hash = models.CharField(primary_key=True, max_length=64)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="phones")
    last_message_at = models.DateTimeField(null=True)
    opted_out_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"phone {self.hash[:8]}"


class Arrival(models.Model):
    """A message id of the carrier and where it went: a repeat goes there again, whatever time has passed."""

    sid = models.CharField(primary_key=True, max_length=64)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="arrivals")

    def __str__(self) -> str:
        return self.sid
