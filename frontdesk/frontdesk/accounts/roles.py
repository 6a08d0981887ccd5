"""What there is to be allowed, and which role is allowed what."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import models

from frontdesk.accounts.verbs import VERBS


class Role(models.TextChoices):
    """Each is a group of that name; nobody has more than one."""

    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


MAY: dict[Role, tuple[str, ...]] = {
    Role.COORDINATOR: ("list", "read", "correct", "note", "assign"),
    Role.SUPERVISOR: ("list", "read", "correct", "note", "assign", "export", "erase"),
    Role.ADMINISTRATOR: tuple(VERBS),
}


def make_roles(using: str = "default") -> None:
    """The groups with exactly these permissions; what was changed by hand is put right."""
    permissions = {each.codename: each for each in _permissions(using)}
    for role, verbs in MAY.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([permissions[verb] for verb in verbs])


def _permissions(using: str) -> models.QuerySet[Permission]:
    return Permission.objects.using(using).filter(content_type__app_label="accounts", codename__in=VERBS)
