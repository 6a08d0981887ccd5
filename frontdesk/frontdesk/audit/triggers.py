"""The database itself refuses to change or remove an entry of the audit log, whoever asks."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
REFUSAL = "the audit log can only be added to"

_SQLITE = [
    f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("update", "delete")
]
# "INSERT OR REPLACE" removes the entry of the same number first, and no trigger on removing sees it.
_NO_REPLACING = f"""
CREATE TRIGGER audit_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""  # noqa: S608 (constants)
_FUNCTION = f"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_TRIGGER = f"""
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse()
"""
_TRUNCATE = f"""
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
"""
_POSTGRESQL = [_FUNCTION, _TRIGGER, _TRUNCATE]
_INSTALL = {"sqlite": [*_SQLITE, _NO_REPLACING], "postgresql": _POSTGRESQL}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_no_{verb}" for verb in ("update", "delete", "replace")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS audit_only_grows ON {TABLE}",
        f"DROP TRIGGER IF EXISTS audit_no_truncate ON {TABLE}",
        "DROP FUNCTION IF EXISTS audit_refuse()",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """For a test that empties its tables, and for going back a migration."""
    _run(connection, _REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
