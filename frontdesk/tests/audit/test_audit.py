"""The audit log: it only grows, whoever asks, and the desk shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import Error, connection, transaction

from frontdesk.audit import triggers
from frontdesk.audit.log import record
from frontdesk.audit.models import Action, AppendOnlyError, Entry
from tests.conftest import AsRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    record(Action.LOGIN)
    return Entry.objects.get()


@pytest.fixture
def _guarded() -> Iterator[None]:
    triggers.install(connection)
    yield
    triggers.remove(connection)


CHANGES: dict[str, Callable[[Entry], Any]] = {
    "save": lambda entry: entry.save(),
    "delete": lambda entry: entry.delete(),
    "update all": lambda entry: Entry.objects.update(detail="x"),
    "update some": lambda entry: Entry.objects.filter(pk=entry.pk).update(detail="x"),
    "delete all": lambda entry: Entry.objects.all().delete(),
    "bulk update": lambda entry: Entry.objects.bulk_update([entry], ["detail"]),
    "update or create": lambda entry: Entry.objects.update_or_create(pk=entry.pk),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_code_of_ours_changes_an_entry(entry: Entry, change: Callable[[Entry], Any]) -> None:
    with pytest.raises(AppendOnlyError):
        change(entry)


@pytest.mark.usefixtures("_guarded")
@pytest.mark.parametrize(
    ("statement", "only"),
    [
        ("UPDATE audit_entry SET detail = 'x'", ""),
        ("DELETE FROM audit_entry", ""),
        (
            "INSERT OR REPLACE INTO audit_entry (id, at, action, detail) VALUES ({}, '2026-01-01', 'login', 'x')",
            "sqlite",
        ),
        ("REPLACE INTO audit_entry (id, at, action, detail) VALUES ({}, '2026-01-01', 'login', 'x')", "sqlite"),
        ("TRUNCATE audit_entry", "postgresql"),
    ],
)
def test_the_database_refuses_too(entry: Entry, statement: str, only: str) -> None:
    if only not in ("", connection.vendor):
        pytest.skip(f"about {only}")
    connection.check_constraints()  # what waits for the end of the transaction is in the way of TRUNCATE
    with pytest.raises(Error, match="only be added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(entry.pk))

    assert Entry.objects.get().detail == ""
    record(Action.LOGOUT)
    assert Entry.objects.count() == 2, "it grows all the same"


def test_the_desk_shows_it_a_page_at_a_time_and_has_nothing_to_change_it_with(as_role: AsRole) -> None:
    for number in range(150):
        record(Action.EXPORT, detail=f"number {number}")
    client = as_role("administrator")

    first = client.get("/desk/audit")
    second = client.get(first.context["further"])

    assert [len(page.context["entries"]) for page in (first, second)] == [100, 50]
    assert first.context["entries"][0].detail == "number 149"
    assert "/desk/audit" not in first.content.decode().replace('href="/desk/audit', "")
    assert client.post("/desk/audit").status_code == 405


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("action=login", 1), ("action=nonsense", 2), ("person=nobody", 0), ("conversation=no-id", 0)],
)
def test_it_is_filtered(as_role: AsRole, query: str, count: int) -> None:
    record(Action.LOGIN)
    record(Action.LOGOUT)

    assert len(as_role("administrator").get(f"/desk/audit?{query}").context["entries"]) == count
