"""Whether the database's tables are those that this program knows."""

from __future__ import annotations

from django import db
from django.core.management.base import CommandError
from django.db.migrations.executor import MigrationExecutor


def refuse_old_tables() -> None:
    """A database that is away is no reason to stay away too: people still get the numbers. An old one is a mistake."""
    try:
        executor = MigrationExecutor(db.connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except db.Error:
        return
    if behind:
        raise CommandError("the database's tables are not up to date; run: frontdesk migrate", returncode=2)
