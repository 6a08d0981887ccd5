"""What was deleted, when, and whether all of it went well. Never what it said."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """One round of deleting. `finished_at` is null while it runs, or when it was cut off.

    `emptied` counts messages whose words were removed, `conversations` those deleted whole, `events` what the
    assistant's tracker store lost. `problem` says what was left undone (it is tried again), empty when all is done.
    """

    class Kind(models.TextChoices):
        RETENTION = "retention", "retention"
        ERASURE = "erasure", "erasure on request"

    kind = models.CharField(max_length=16, choices=Kind)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    emptied = models.PositiveIntegerField(default=0)
    conversations = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        indexes = (models.Index(fields=("-started_at",), name="keeping_run_latest"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.started_at:%Y-%m-%d %H:%M}"
