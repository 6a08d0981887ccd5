"""DATABASE_URL as Django reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.conf import LONGEST_ASSISTANT_DEADLINE_S
from frontdesk.database import LOCK_WAIT_S, database


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///var/frontdesk.sqlite3", "{root}/var/frontdesk.sqlite3"),
        ("sqlite:///var/two%20words.sqlite3", "{root}/var/two words.sqlite3"),
        ("sqlite:////{root}/elsewhere/f.sqlite3", "{root}/elsewhere/f.sqlite3"),
    ],
)
def test_sqlite_is_a_file_and_its_folder_is_made(tmp_path: Path, url: str, name: str) -> None:
    found = database(url.format(root=str(tmp_path).removeprefix("/")), tmp_path)

    assert found["NAME"] == name.format(root=tmp_path)
    assert Path(found["NAME"]).parent.is_dir()
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == LOCK_WAIT_S


def test_postgresql(tmp_path: Path) -> None:
    found = database("postgresql://me:p%40ss@db.example:6543/front%20desk?sslmode=require", tmp_path)

    parts = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {"NAME": "front desk", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6543"}
    assert found["OPTIONS"]["sslmode"] == "require"
    assert "lock_timeout=1000" in found["OPTIONS"]["options"]


def test_the_numbers_are_there_within_eight_seconds() -> None:
    """The deadline counts from the message's arrival; the write of its replies waits twice at most."""
    assert LONGEST_ASSISTANT_DEADLINE_S + 2 * LOCK_WAIT_S < 8
