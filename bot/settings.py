"""The assistant's settings: `.env.example` holds the defaults, `.env` what differs, the environment beats both."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import phonenumbers
from dotenv import dotenv_values

N = TypeVar("N", int, float)
NORTH_AMERICAN = re.compile(r"(?:[2-9]\d{2}){2}\d{4}")
"""Neither an area code nor an exchange starts with 0 or 1."""
ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting can't be right; the message is one line that names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """What the assistant needs to know. Deadlines are in seconds."""

    helpline_name: str
    helpline_number: str
    retention_days: int
    assistant_port: int
    actions_port: int
    tracker_database_url: str
    redis_url: str
    assistant_token: str
    action_deadline_s: float
    production: bool
    encoder_dir: str
    """An operator's own encoder in the format of `bot.encoder.source`; empty: the one that comes with the project."""


def read_settings(root: Path = ROOT, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings, checked. Raises SettingsError naming the first that can't be right."""
    values = {**_file(root / ".env.example"), **_file(root / ".env"), **environment}
    mode = _one_of(values, "MODE", ("development", "production"))
    production = mode == "production"
    return Settings(
        helpline_name=_text(values, "HELPLINE_NAME"),
        helpline_number=_us_number(values, "HELPLINE_NUMBER"),
        retention_days=_number(values, "RETENTION_DAYS", int, 1, 3650),
        assistant_port=_number(values, "ASSISTANT_PORT", int, 1, 65535),
        actions_port=_number(values, "ACTIONS_PORT", int, 1, 65535),
        tracker_database_url=_url(values, "TRACKER_DATABASE_URL", ("sqlite://", "postgresql://"), root),
        redis_url=_url(values, "REDIS_URL", ("redis://", "rediss://", "unix://"), root, optional=True),
        assistant_token=_secret(values, "ASSISTANT_TOKEN", root, production),
        action_deadline_s=_number(values, "ACTION_DEADLINE_S", float, 0.1, 4),
        production=production,
        encoder_dir=str(values.get("ENCODER_DIR") or ""),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()


def _file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        return {name: value or "" for name, value in dotenv_values(path, interpolate=False).items()}
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path.name}: not UTF-8 text; save it as UTF-8") from error


def _text(values: Mapping[str, str], name: str) -> str:
    if not values.get(name, "").strip():
        raise SettingsError(f"{name}: is empty; give it a value in .env (see .env.example)")
    return values[name].strip()


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = _text(values, name)
    if value not in allowed:
        raise SettingsError(f"{name}: {value!r} is not one of {', '.join(allowed)}")
    return value


def _number(values: Mapping[str, str], name: str, kind: Callable[[str], N], least: float, most: float) -> N:
    value = _text(values, name)
    try:
        number = kind(value)
    except ValueError:
        number = None
    if number is None or not least <= number <= most:
        raise SettingsError(f"{name}: {value!r} is not a number from {least:g} to {most:g}")
    return number


def _us_number(values: Mapping[str, str], name: str) -> str:
    value = _text(values, name)
    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.country_code != 1 or number.extension or not _is_whole(number):
        raise SettingsError(f"{name}: {value!r} is not a possible US phone number; write it like 555-555-0123")
    return value


def _is_whole(number: phonenumbers.PhoneNumber) -> bool:
    """With an area code and an exchange that can be: to the library a number is "possible" by its length alone."""
    reason = phonenumbers.is_possible_number_with_reason(number)
    whole = reason == phonenumbers.ValidationResult.IS_POSSIBLE
    return whole and bool(NORTH_AMERICAN.fullmatch(str(number.national_number)))


def _url(values: Mapping[str, str], name: str, schemes: tuple[str, ...], root: Path, *, optional: bool = False) -> str:
    value = values.get(name, "").strip()
    if not value and optional:
        return ""
    if not value.startswith(schemes):
        raise SettingsError(f"{name}: {value!r} does not begin with {' or '.join(schemes)}")
    if value.startswith("sqlite:///") and not value.startswith("sqlite:////"):
        return f"sqlite:///{root / value.removeprefix('sqlite:///')}"
    return value


def _secret(values: Mapping[str, str], name: str, root: Path, production: bool) -> str:
    """The secret, or in development one that is made once and kept in var/ for both programs."""
    if value := values.get(name, "").strip():
        return value
    if production:
        raise SettingsError(f"{name}: must be set in production; 50 random characters in .env")
    return _kept(root / "var" / name.lower())


def _kept(path: Path) -> str:
    """The secret in `path`, made whole or not at all: both programs may start at the same moment, and the first one
    made is used.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600 from the start
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
        Path(name).unlink()
    return path.read_text(encoding="ascii").strip()
