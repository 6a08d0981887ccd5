"""What is exported is what was filtered, exactly, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from frontdesk.accounts.models import User
from frontdesk.audit.models import Action, Entry
from frontdesk.desk.models import Correction, Verdict
from frontdesk.exports.formats import cell
from frontdesk.exports.rows import CONVERSATION, MESSAGE, conversation_rows, message_rows
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation
from tests.conftest import AsRole
from tests.desk.made import START, conversation, message

pytestmark = pytest.mark.django_db
EVIL = "=HYPERLINK(\"http://evil.example\")<script>alert('x')</script>"


@pytest.fixture
def desk(as_role: AsRole) -> Client:
    return as_role("supervisor")


def content(desk: Client, address: str) -> str:
    response: Any = desk.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def csv_of(desk: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content(desk, address).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="="),
        pytest.param("+1", "'+1", id="+"),
        pytest.param("-1", "'-1", id="-"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="@"),
        pytest.param("\t=1", "'\t'=1", id="tab"),
        pytest.param("\r=1", "'\r'=1", id="return"),
        pytest.param("  =1", "'  =1", id="after spaces"),
        pytest.param("\uff1d1", "'\uff1d1", id="full width"),
        pytest.param(["=1", "b"], "'=1 | b", id="a list"),
        pytest.param("1=1", "1=1", id="in the middle"),
        pytest.param("a;=1;b", "a;'=1;b", id="after a semicolon"),
        pytest.param('a; "+1', "a;' \"+1", id="after a semicolon, quoted"),
        pytest.param("a\n=1", "a\n'=1", id="on a second line"),
        pytest.param("sorry; i-90 east", "sorry; i-90 east", id="a semicolon in a sentence"),
        pytest.param("", "", id="empty"),
        pytest.param(None, "", id="nothing"),
        pytest.param(True, "yes", id="yes"),
        pytest.param(0.5, "0.5", id="a number"),
    ],
)
def test_a_cell_is_never_a_formula(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_csv_of_messages(desk: Client) -> None:
    made = message(EVIL + ', "quoted"\nsecond line', Level.CRISIS, signals=("self_harm",))
    by = User.objects.create(username="somebody")
    Correction.objects.create(
        message=made, verdict=Verdict.CORRECTED, level=Level.EMERGENCY, reason="=cmd()", by=by, at=START
    )

    (row,) = csv_of(desk, "/desk/export/messages.csv?show=all")

    assert row["text"] == "'" + EVIL + ', "quoted"\nsecond line'
    assert (row["level"], row["corrected_level"], row["reason"]) == ("crisis", "emergency", "'=cmd()")
    assert (row["signals"], row["reply_kinds"], row["conversation"]) == (
        "self_harm",
        "crisis",
        str(made.conversation_id),
    )


def test_json_lines_are_exact(desk: Client) -> None:
    message(EVIL)
    (line,) = content(desk, "/desk/export/messages.jsonl?show=all").splitlines()
    assert json.loads(line)["text"] == EVIL


def test_one_row_a_conversation(desk: Client) -> None:
    made = message("one", Level.CRISIS, signals=("self_harm",))
    message("two", Level.NONE, conversation=made.conversation_id, minutes=1)
    message("alone", None)

    first, second = csv_of(desk, "/desk/export/conversations.csv?show=all&order=latest")

    assert (first["messages"], first["level"], first["latest_level"]) == ("2", "crisis", "none")
    assert (first["signals"], first["help_offered"], first["state"]) == ("self_harm", "yes", "new")
    assert (second["safety_replied"], second["latest_level"]) == ("yes", "")


@pytest.mark.parametrize("name", ["conversations", "messages"])
def test_only_what_the_filter_finds(name: str, desk: Client) -> None:
    kept = message("kept", Level.EMERGENCY)
    message("left out", Level.NONE)
    rows = csv_of(desk, f"/desk/export/{name}.csv?show=all&level=emergency")
    assert [row["conversation"] for row in rows] == [str(kept.conversation_id)]


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(20):
        conversation(Level.CRISIS)
    with django_assert_max_num_queries(6):
        assert len(list(conversation_rows(Conversation.objects.all()))) == 20
        assert len(list(message_rows(Conversation.objects.all()))) == 20


def test_every_row_has_every_column() -> None:
    conversation()
    (row,) = conversation_rows(Conversation.objects.all())
    (line,) = message_rows(Conversation.objects.all())
    assert (tuple(row), tuple(line)) == (CONVERSATION, MESSAGE)


def test_an_export_is_in_the_audit_log_without_what_was_searched_for(desk: Client) -> None:
    message("my secret")
    content(desk, "/desk/export/messages.csv?show=all&text=secret&channel=web&since=2026-02-01")
    entry = Entry.objects.get(action=Action.EXPORT)
    assert entry.detail == (
        "messages.csv, 1 conversations: show all, channel web, since 2026-02-01, text given, order urgent"
    )


@pytest.mark.parametrize("address", ["export/people.csv", "export/messages.xml"])
def test_there_is_no_other_table(address: str, desk: Client) -> None:
    assert desk.get(f"/desk/{address}").status_code == 404


def test_the_page_keeps_the_filter(desk: Client) -> None:
    conversation(Level.CRISIS)
    page = desk.get("/desk/export?show=all&level=crisis").content.decode()
    assert "Export 1 conversation<" in page
    assert 'href="/desk/export/messages.csv?show=all&amp;level=crisis"' in page


@pytest.mark.parametrize("way", ["one", "many"])
def test_on_paper_text_stays_text_and_the_log_says_so(way: str, desk: Client) -> None:
    made = message(EVIL, Level.CRISIS)
    address = f"conversations/{made.conversation_id}/print" if way == "one" else "print?show=all"

    page = desk.get(f"/desk/{address}").content.decode()

    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert Entry.objects.get(action=Action.PRINT).conversation == made.conversation_id
