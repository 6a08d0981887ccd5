"""Who was told of which conversation."""

from __future__ import annotations

from django.db import models

from frontdesk.transcripts.levels import Alert, Level
from frontdesk.transcripts.models import Conversation


class Notice(models.Model):
    """One address to be told once that a conversation reached a level, or that an answer in danger was not received.

    `reason` is why not, as the message has it, and `level` that message's (none: it was not assessed). Empty: the
    level itself is the reason.

    `address` is a hash of it: the address itself may hold a password. `next_try_at` is null once it is sent (`sent_at`
    says when) or given up.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notices")
    level = models.SmallIntegerField(choices=Level)
    reason = models.CharField(max_length=16, choices=Alert, blank=True)
    address = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("conversation", "level", "address", "reason"), name="notice_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(next_try_at=None), name="notice_not_again_once_sent"
            ),
        )
        indexes = (
            models.Index(fields=("next_try_at",), name="notice_due", condition=models.Q(next_try_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"notice of {self.conversation_id}"
