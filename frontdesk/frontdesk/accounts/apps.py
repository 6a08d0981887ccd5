"""Sees to it that the roles are there after every `migrate`."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "frontdesk.accounts"

    def ready(self) -> None:
        # After django.contrib.auth's own, which makes the permissions: that app stands first in INSTALLED_APPS.
        post_migrate.connect(_make_roles, sender=self)


def _make_roles(using: str, **_: object) -> None:
    from frontdesk.accounts.roles import make_roles  # the models load after this module

    make_roles(using)
