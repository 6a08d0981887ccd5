"""What the Makefile, the Procfile and the settings' defaults promise."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from dotenv import dotenv_values
from honcho.environ import parse_procfile

from scripts import settings
from tests.scripts.conftest import REPOSITORY

TARGETS = ["setup", "train", "run", "test", "check", "lock", "evaluate", "bench", "clean"]
SETTINGS = {
    "HELPLINE_NAME": "Michael's House",
    "MODE": "development",
    "RETENTION_DAYS": "90",
    "FRONTDESK_HOST": "127.0.0.1",
    "FRONTDESK_PORT": "8000",
    "PUBLIC_URL": "http://localhost:8000",
    "ASSISTANT_PORT": "5005",
    "ACTIONS_PORT": "5055",
    "DATABASE_URL": "sqlite:///var/frontdesk.sqlite3",
    "TRACKER_DATABASE_URL": "sqlite:///var/tracker.sqlite3",
    "REDIS_URL": "",
    "SECRET_KEY": "",
    "ASSISTANT_TOKEN": "",
    "ASSISTANT_DEADLINE_S": "5",
    "ACTION_DEADLINE_S": "1.5",
    "ALLOWED_ORIGINS": "",
    "SESSION_HOURS": "12",
    "WEB_RATE_PER_MINUTE": "30",
    "TWILIO_AUTH_TOKEN": "",
}


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    listed = subprocess.run(["make", "-C", REPOSITORY], capture_output=True, text=True, check=True).stdout
    for target in TARGETS:
        assert re.search(rf"^  make {target} +\S.{{10,}}$", listed, re.MULTILINE), target


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_a_default_of_env_example(name: str, value: str) -> None:
    assert dotenv_values(REPOSITORY / ".env.example")[name] == value


def test_every_setting_is_explained() -> None:
    blocks = (REPOSITORY / ".env.example").read_text().split("\n\n")
    assert all(block.startswith("#") for block in blocks)


def test_env_overrides_the_defaults_and_the_process_environment_overrides_both(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text("A=default\nB=default\nC=default\n")
    (tmp_path / ".env").write_text("B=file\nC=file\n")
    assert settings.load(tmp_path, {"C": "process"}) == {"A": "default", "B": "file", "C": "process"}


def test_the_assistant_and_its_actions_listen_on_loopback_only() -> None:
    parts = parse_procfile((REPOSITORY / "Procfile").read_text()).processes
    assert list(parts)[:3] == ["assistant", "actions", "frontdesk"]
    assert "--interface 127.0.0.1" in parts["assistant"]
    assert "--enable-api" not in parts["assistant"]
    assert "SANIC_HOST=127.0.0.1" in parts["actions"]
    assert all("scripts.leash" in command for command in parts.values())
