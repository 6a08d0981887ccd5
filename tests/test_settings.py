"""The settings: where each comes from, and what is refused at start."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT, Settings, SettingsError, read_settings

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
REFUSED: dict[str, tuple[str, str]] = {
    "no number": ("HELPLINE_NUMBER", ""),
    "not a number": ("HELPLINE_NUMBER", "call us"),
    "too short": ("HELPLINE_NUMBER", "555-0123"),
    "no such area code": ("HELPLINE_NUMBER", "123-456-7890"),
    "too long": ("HELPLINE_NUMBER", "760-555-0123-4567"),
    "with an extension": ("HELPLINE_NUMBER", "760-555-0123 ext. 5"),
    "another country's": ("HELPLINE_NUMBER", "+44 20 7946 0000"),
    "no name": ("HELPLINE_NAME", "  "),
    "no port": ("ASSISTANT_PORT", ""),
    "a word for a port": ("ASSISTANT_PORT", "http"),
    "port zero": ("ACTIONS_PORT", "0"),
    "a port too high": ("ACTIONS_PORT", "65536"),
    "half a port": ("ASSISTANT_PORT", "5005.5"),
    "another database": ("TRACKER_DATABASE_URL", "mysql://localhost/x"),
    "no database": ("TRACKER_DATABASE_URL", ""),
    "another lock": ("REDIS_URL", "http://localhost"),
    "no time at all": ("ACTION_DEADLINE_S", "0"),
    "too much time": ("ACTION_DEADLINE_S", "5"),
    "not a time": ("ACTION_DEADLINE_S", "nan"),
    "endless": ("ACTION_DEADLINE_S", "inf"),
    "no days": ("RETENTION_DAYS", "0"),
    "part of a day": ("RETENTION_DAYS", "1.5"),
    "another mode": ("MODE", "test"),
}
TAKEN: dict[str, tuple[str, str, str, Any]] = {
    "a number with a country code": ("HELPLINE_NUMBER", "+1 (760) 555-0123", "helpline_number", "+1 (760) 555-0123"),
    "a short deadline": ("ACTION_DEADLINE_S", "0.1", "action_deadline_s", 0.1),
    "PostgreSQL": ("TRACKER_DATABASE_URL", "postgresql://u:p@h/d", "tracker_database_url", "postgresql://u:p@h/d"),
    "an absolute path": ("TRACKER_DATABASE_URL", "sqlite:////tmp/x", "tracker_database_url", "sqlite:////tmp/x"),
    "Redis": ("REDIS_URL", "redis://localhost:6379/0", "redis_url", "redis://localhost:6379/0"),
    "no Redis": ("REDIS_URL", "", "redis_url", ""),
    "a token": ("ASSISTANT_TOKEN", "secret", "assistant_token", "secret"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".env.example").write_text(EXAMPLE, encoding="utf-8")
    return tmp_path


def read(root: Path, **environment: str) -> Settings:
    return read_settings(root, environment)


def test_the_defaults_run_as_they_are(root: Path) -> None:
    values = read(root)
    assert (values.assistant_port, values.actions_port, values.retention_days) == (5005, 5055, 90)
    assert (values.action_deadline_s, values.redis_url, values.production) == (1.5, "", False)
    assert values.tracker_database_url == f"sqlite:///{root}/var/tracker.sqlite3"


@pytest.mark.parametrize(("name", "value"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_right_is_refused_by_name_in_one_line(root: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name}: ") as raised:
        read(root, **{name: value})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("name", "value", "field", "expected"), TAKEN.values(), ids=TAKEN)
def test_what_is_taken(root: Path, name: str, value: str, field: str, expected: Any) -> None:
    assert getattr(read(root, **{name: value}), field) == expected


def test_env_beats_the_defaults_and_the_environment_beats_both(root: Path) -> None:
    (root / ".env").write_text("ASSISTANT_PORT=6001\nACTIONS_PORT=6002\n")
    values = read(root, ACTIONS_PORT="6003")
    assert (values.assistant_port, values.actions_port) == (6001, 6003)


def test_a_file_that_is_not_utf_8_is_named(root: Path) -> None:
    (root / ".env").write_bytes(b"HELPLINE_NAME=Caf\xe9\n")
    with pytest.raises(SettingsError, match=r"^\.env: not UTF-8"):
        read(root)


def test_a_secret_of_development_is_made_once_and_kept_to_oneself(root: Path) -> None:
    token = read(root).assistant_token
    assert len(token) == 64
    assert read(root).assistant_token == token
    assert stat.S_IMODE((root / "var/assistant_token").stat().st_mode) == 0o600


def test_production_asks_for_its_secret(root: Path) -> None:
    with pytest.raises(SettingsError, match=r"^ASSISTANT_TOKEN: "):
        read(root, MODE="production")
    assert read(root, MODE="production", ASSISTANT_TOKEN="x").production
    assert not (root / "var").exists()
