"""The search index is made after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "frontdesk.search"

    def ready(self) -> None:
        post_migrate.connect(_prepare, sender=apps.get_app_config("transcripts"))


def _prepare(**signal: Any) -> None:  # noqa: ANN401, ARG001
    from frontdesk.search.search import prepare

    prepare()
