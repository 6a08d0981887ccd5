"""People who work at the desk."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from frontdesk.accounts.verbs import VERBS


class User(AbstractUser):
    """Somebody with a login. Nobody is ever deleted, only made inactive: the audit log names them."""

    class Meta:
        default_permissions = ()
        permissions = tuple((verb, f"May {what}") for verb, what in VERBS.items())
        ordering = ("username",)

    def __str__(self) -> str:
        return self.username

    @property
    def role(self) -> str:
        """The name of their group; empty for none. Prefetch `groups` where many are listed."""
        return next((group.name for group in self.groups.all()), "")


def readers() -> models.QuerySet[User]:
    """Those a conversation can be given to: who may read it, by their role."""
    return User.objects.filter(is_active=True, groups__permissions__codename="read").distinct()
