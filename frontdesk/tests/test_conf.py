"""The settings: what is taken, and the one line that says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.conf import Config, SettingsError, load
from tests.settings import GIVEN

SECRET = "s" * 40


def loaded(root: Path, **changes: str) -> Config:
    return load(root, {**GIVEN, "DATABASE_URL": "sqlite:///var/frontdesk.sqlite3", **changes})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "debug"),
        ("HELPLINE_NAME", ""),
        ("HELPLINE_NAME", "two\nlines"),
        ("HELPLINE_NUMBER", ""),
        ("HELPLINE_NUMBER", "hello"),
        ("HELPLINE_NUMBER", "911"),
        ("HELPLINE_NUMBER", "555-0147"),
        ("HELPLINE_NUMBER", "123-456-7890"),
        ("HELPLINE_NUMBER", "212-555-01478"),
        ("HELPLINE_NUMBER", "+44 20 7946 0958"),
        ("HELPLINE_NUMBER", "212-555-0147 x12"),
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "ninety"),
        ("FIGURES_DAYS", "89"),
        ("ALERT_URLS", "somebody@example.org"),
        ("ALERT_URLS", "json://example.org, me"),
        ("TRACKER_DATABASE_URL", "mysql://user@host/name"),
        ("FRONTDESK_HOST", "http://localhost"),
        ("FRONTDESK_HOST", ""),
        ("FRONTDESK_PORT", "0"),
        ("FRONTDESK_PORT", "65536"),
        ("FRONTDESK_PORT", "80a"),
        ("FRONTDESK_PORT", "-1"),
        ("ASSISTANT_PORT", ""),
        ("PUBLIC_URL", "chat.example.org"),
        ("PUBLIC_URL", "ftp://chat.example.org"),
        ("PUBLIC_URL", "https://chat.example.org/helpline"),
        ("PUBLIC_URL", "https://chat.example.org:99999"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "postgresql:///name"),
        ("DATABASE_URL", "postgresql://host"),
        ("SECRET_KEY", "short"),
        ("ASSISTANT_TOKEN", "ü" * 40),
        ("ASSISTANT_DEADLINE_S", "0"),
        ("ASSISTANT_DEADLINE_S", "-5"),
        ("ASSISTANT_DEADLINE_S", "nan"),
        ("ASSISTANT_DEADLINE_S", "5.6"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "https://*.example.org"),
        ("ALLOWED_ORIGINS", "https://a.example, b.example"),
        ("ALLOWED_ORIGINS", "https://user@a.example"),
        ("SESSION_HOURS", "0"),
        ("WEB_RATE_PER_MINUTE", "1.5"),
        ("SMS_RATE_PER_MINUTE", "0"),
        ("TWILIO_AUTH_TOKEN", "your_auth_token"),
        ("DESK_SECOND_FACTOR", "yes"),
        ("DESK_IDLE_MINUTES", "0"),
        ("DESK_NONE_PERCENT", "101"),
        ("TWILIO_AUTH_TOKEN", "ü" * 32),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        loaded(tmp_path, **{name: value})

    assert str(wrong.value).startswith(f"{name}: ")
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_missing_setting_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name}: is not set"):
        load(tmp_path, {key: value for key, value in GIVEN.items() if key != name})


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("212-555-0147", "212-555-0147"),
        ("(212) 555 0147", "212-555-0147"),
        ("+1 212.555.0147", "212-555-0147"),
        ("12125550147", "212-555-0147"),
    ],
)
def test_the_number_is_shown_in_one_way(tmp_path: Path, written: str, number: str) -> None:
    helpline = loaded(tmp_path, HELPLINE_NUMBER=written).helpline

    assert (helpline.number, helpline.tel) == (number, "tel:+12125550147")


def test_origins_are_as_a_browser_writes_them(tmp_path: Path) -> None:
    config = loaded(
        tmp_path, ALLOWED_ORIGINS=" HTTPS://A.example:443/ ,http://b.example:8080,", PUBLIC_URL="http://[::1]:80"
    )

    assert config.allowed_origins == {"https://a.example", "http://b.example:8080"}
    assert config.public_url == "http://[::1]"


def test_the_environment_wins_over_env_and_env_over_the_example(tmp_path: Path) -> None:
    lines = "\n".join(f'{name}="{value}"' for name, value in GIVEN.items() if name != "HELPLINE_NAME")
    (tmp_path / ".env.example").write_text(f"# a comment\n{lines}\nHELPLINE_NAME=example\n")
    assert load(tmp_path, {}).helpline.name == "example"

    (tmp_path / ".env").write_text('HELPLINE_NAME="Michael\'s ${HOME}"\n')
    assert load(tmp_path, {}).helpline.name == "Michael's ${HOME}"
    assert load(tmp_path, {"HELPLINE_NAME": "environment"}).helpline.name == "environment"


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"HELPLINE_NAME=\xff\xfe")

    with pytest.raises(SettingsError, match=r"^\.env: cannot be read"):
        loaded(tmp_path)


def test_development_makes_its_secrets_once_and_for_itself_alone(tmp_path: Path) -> None:
    first = loaded(tmp_path, SECRET_KEY="", ASSISTANT_TOKEN="")
    again = loaded(tmp_path, SECRET_KEY="", ASSISTANT_TOKEN="")

    assert (first.secret_key, first.assistant_token) == (again.secret_key, again.assistant_token)
    assert first.secret_key != first.assistant_token
    for name in ("secret_key", "assistant_token"):
        assert (tmp_path / "var" / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["SECRET_KEY", "ASSISTANT_TOKEN"])
def test_production_makes_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name}: is required in production"):
        loaded(tmp_path, MODE="production", **{name: ""})

    assert not (tmp_path / "var").exists()


def test_a_secret_that_cant_be_kept_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")

    with pytest.raises(SettingsError, match=r"^SECRET_KEY: .*can't be read or made"):
        loaded(tmp_path, SECRET_KEY="")


COMMAND = str(Path(sys.executable).with_name("frontdesk"))


def test_the_command_says_one_line_and_exits_with_2() -> None:
    done = subprocess.run(
        [COMMAND, "check-settings"], env={**GIVEN, "HELPLINE_NUMBER": "911"}, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("frontdesk: HELPLINE_NUMBER: is not a possible US phone number")
    assert done.stderr.count("\n") == 1


def test_the_command_says_that_all_is_well() -> None:
    done = subprocess.run([COMMAND, "check-settings"], env=GIVEN, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("settings ok: development")


@pytest.mark.parametrize(
    ("mode", "value", "asked_for"),
    [("development", "", False), ("production", "", True), ("development", "on", True), ("production", "off", False)],
)
def test_the_second_factor_is_asked_for_in_production_unless_it_is_switched_off(
    tmp_path: Path, mode: str, value: str, asked_for: bool
) -> None:
    assert loaded(tmp_path, MODE=mode, DESK_SECOND_FACTOR=value).desk_second_factor is asked_for
