"""A SQLite file that really can't be written: locked by another program, read-only, full."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from frontdesk.database import LOCK_WAIT_S
from frontdesk.exchange.exchange import exchange
from frontdesk.transcripts.levels import Kind
from frontdesk.transcripts.models import Message, Reply
from tests.conftest import Configure
from tests.exchange.test_exchange import assert_safety, in_thread, incoming
from tests.fake_assistant import FakeAssistant

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file"),
]


def pragma(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {statement}")


@pytest.fixture
def locked() -> Iterator[None]:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@pytest.fixture
def read_only() -> Iterator[None]:
    pragma("query_only=ON")
    yield
    pragma("query_only=OFF")


@pytest.fixture
def full() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # leaves no free page
    pragma("max_page_count=1")  # as few as there are
    yield
    pragma("max_page_count=1000000")


@pytest.mark.parametrize("state", ["locked", "read_only", "full"])
def test_the_numbers_come_in_time_and_the_next_message_is_stored(
    state: str, assistant: FakeAssistant, request: pytest.FixtureRequest
) -> None:
    long_enough_for_a_new_page = "hello " * 1500
    request.getfixturevalue(state)
    start = time.monotonic()

    outcome = exchange(incoming(long_enough_for_a_new_page))

    assert time.monotonic() - start < 2 * LOCK_WAIT_S + 2
    assert_safety(outcome)
    assert not outcome.stored
    assert assistant.asked == []


def test_afterwards_it_is_stored_again(assistant: FakeAssistant) -> None:
    assert exchange(incoming()).stored
    assert Message.objects.count() == 1


def test_thirty_who_write_at_once_are_all_stored(assistant: FakeAssistant, configure: Configure) -> None:
    """SQLite alone lets some of them wait too long."""
    configure(assistant_deadline_s=5)

    with ThreadPoolExecutor(30) as pool:
        outcomes = list(pool.map(in_thread, [incoming() for _ in range(300)]))

    assert all(outcome.stored for outcome in outcomes)
    assert Reply.objects.filter(kind=Kind.ANSWER).count() == 300


def test_the_file_is_kept_as_it_should_be() -> None:
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert found == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "busy_timeout": int(LOCK_WAIT_S * 1000)}
