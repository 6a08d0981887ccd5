"""The settings of `.env.example`, `.env` and the process environment, checked before anything starts.

`.env.example` holds the defaults, `.env` overrides it, the process environment overrides both. Whatever is wrong is one
`SettingsError` whose text names the setting and what to put there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

import phonenumbers
from dotenv import dotenv_values

from frontdesk.secret import SecretError, kept_secret

ROOT = Path(__file__).resolve().parents[2]

# A reply has to be there within 8 s of the message. Two seconds of that are the database's (frontdesk/database.py).
LONGEST_ASSISTANT_DEADLINE_S = 5.5
SHORTEST_SECRET = 32
# Neither an area code nor an exchange starts with 0 or 1.
NORTH_AMERICAN = re.compile(r"(?:[2-9]\d{2}){2}\d{4}")
# What a domain name or an address may be written with; anything else is a typing mistake.
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")


class SettingsError(ValueError):
    """One setting is missing or wrong; the text is one line for whoever edits `.env`."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


@dataclass(frozen=True)
class Helpline:
    """The helpline people are brought to: its name, its number as people read it and as a phone dials it."""

    name: str
    number: str
    e164: str

    @property
    def tel(self) -> str:
        return f"tel:{self.e164}"


@dataclass(frozen=True)
class Config:
    """Every setting the front desk reads, checked. Origins are as a browser writes them; an empty token means off."""

    mode: Literal["development", "production"]
    helpline: Helpline
    retention_days: int
    figures_days: int
    host: str
    port: int
    public_url: str
    database_url: str
    tracker_database_url: str
    secret_key: str
    assistant_port: int
    assistant_token: str
    assistant_deadline_s: float
    allowed_origins: frozenset[str]
    session_hours: int
    web_rate_per_minute: int
    sms_rate_per_minute: int
    twilio_auth_token: str
    desk_second_factor: bool
    desk_idle_minutes: int
    desk_none_percent: int
    alert_urls: tuple[str, ...]
    root: Path

    @property
    def production(self) -> bool:
        return self.mode == "production"


def load(root: Path = ROOT, environ: Mapping[str, str] | None = None) -> Config:
    """The settings of the checkout at `root`. Raises SettingsError; in development it may write two secrets to var/."""
    given = {**_file(root / ".env.example"), **_file(root / ".env"), **(os.environ if environ is None else environ)}
    values = Values(given)
    mode = values.mode("MODE")
    retention_days = values.whole("RETENTION_DAYS", 1, 36_500)
    return Config(
        mode=mode,
        helpline=values.helpline("HELPLINE_NAME", "HELPLINE_NUMBER"),
        retention_days=retention_days,
        figures_days=values.whole("FIGURES_DAYS", retention_days, 36_500),
        host=values.host("FRONTDESK_HOST"),
        port=values.whole("FRONTDESK_PORT", 1, 65_535),
        public_url=values.origin("PUBLIC_URL"),
        database_url=values.database("DATABASE_URL"),
        tracker_database_url=values.database("TRACKER_DATABASE_URL"),
        secret_key=values.secret("SECRET_KEY", mode, root / "var" / "secret_key"),
        assistant_port=values.whole("ASSISTANT_PORT", 1, 65_535),
        assistant_token=values.secret("ASSISTANT_TOKEN", mode, root / "var" / "assistant_token"),
        assistant_deadline_s=values.seconds("ASSISTANT_DEADLINE_S", LONGEST_ASSISTANT_DEADLINE_S),
        allowed_origins=values.origins("ALLOWED_ORIGINS"),
        session_hours=values.whole("SESSION_HOURS", 1, 24 * 30),
        web_rate_per_minute=values.whole("WEB_RATE_PER_MINUTE", 1, 10_000),
        sms_rate_per_minute=values.whole("SMS_RATE_PER_MINUTE", 1, 10_000),
        twilio_auth_token=values.token("TWILIO_AUTH_TOKEN"),
        desk_second_factor=values.switch("DESK_SECOND_FACTOR", empty=mode == "production"),
        desk_idle_minutes=values.whole("DESK_IDLE_MINUTES", 1, 24 * 60),
        desk_none_percent=values.whole("DESK_NONE_PERCENT", 0, 100),
        alert_urls=values.addresses("ALERT_URLS"),
        root=root,
    )


def _file(path: Path) -> dict[str, str]:
    try:
        return {name: value or "" for name, value in dotenv_values(path, interpolate=False).items()}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path.name, f"cannot be read as UTF-8 text ({type(error).__name__})") from error


class Values:
    """Reads one setting at a time out of plain strings. Every method raises SettingsError naming the setting."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given

    def text(self, name: str) -> str:
        if name not in self.given:
            raise SettingsError(name, "is not set; take its line from .env.example")
        return self.given[name].strip()

    def mode(self, name: str) -> Literal["development", "production"]:
        match self.text(name):
            case "development":
                return "development"
            case "production":
                return "production"
            case other:
                raise SettingsError(name, f"must be development or production, not {other!r}")

    def switch(self, name: str, *, empty: bool) -> bool:
        """`empty` is what an empty value means."""
        text = self.text(name)
        if text not in ("", "on", "off"):
            raise SettingsError(name, f"must be on, off or empty, not {text!r}")
        return text == "on" if text else empty

    def whole(self, name: str, least: int, most: int) -> int:
        text = self.text(name)
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise SettingsError(name, f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    def seconds(self, name: str, most: float) -> float:
        text = self.text(name)
        if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})?", text) or not 0 < float(text) <= most:
            raise SettingsError(name, f"must be a number of seconds above 0 and up to {most:g}, not {text!r}")
        return float(text)

    def host(self, name: str) -> str:
        text = self.text(name).lower()
        if not HOST.fullmatch(text):
            raise SettingsError(name, f"must be an address to listen on, such as 127.0.0.1, not {text!r}")
        return text

    def helpline(self, name: str, number: str) -> Helpline:
        said = self.text(name)
        if not said or not said.isprintable():
            raise SettingsError(name, "must say what the helpline is called")
        text = self.text(number)
        try:
            parsed = phonenumbers.parse(text, "US")
        except phonenumbers.NumberParseException:
            parsed = None
        national = str(parsed.national_number) if parsed else ""
        # To the library seven digits are "possible" (a local call), and 123-456-7890 too: nobody can dial those.
        possible = parsed and phonenumbers.is_possible_number(parsed) and NORTH_AMERICAN.fullmatch(national)
        if not parsed or parsed.country_code != 1 or parsed.extension or not possible:
            raise SettingsError(number, f"is not a possible US phone number: {text!r}; write it like 212-555-0123")
        shown = f"{national[:3]}-{national[3:6]}-{national[6:]}"
        return Helpline(said, shown, f"+1{national}")

    def origin(self, name: str) -> str:
        return _origin(name, self.text(name))

    def origins(self, name: str) -> frozenset[str]:
        return frozenset(_origin(name, part.strip()) for part in self.text(name).split(",") if part.strip())

    def database(self, name: str) -> str:
        text = self.text(name)
        parts = _split(name, text)
        if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
            return text
        if parts.scheme in ("postgres", "postgresql") and parts.hostname and len(parts.path) > 1:
            return text
        # The value is not shown: it may hold a password.
        raise SettingsError(
            name, "must be like sqlite:///var/frontdesk.sqlite3 or postgresql://user:password@host/name"
        )

    def addresses(self, name: str) -> tuple[str, ...]:
        """What stands in it between spaces; whether somebody answers there is not looked at."""
        found = tuple(self.text(name).split())
        if not all(re.fullmatch(r"[a-z0-9]+://.+", each) for each in found):
            # The value is not shown: it may hold a password.
            raise SettingsError(
                name, "must be empty, or addresses like mailto://user:password@example.org with spaces between"
            )
        return found

    def secret(self, name: str, mode: str, kept_at: Path) -> str:
        text = self.text(name)
        if not text and mode == "development":
            try:
                text = kept_secret(kept_at)
            except SecretError as error:
                raise SettingsError(name, str(error)) from error
        if not text:
            raise SettingsError(name, "is required in production; make one with: openssl rand -hex 32")
        if not _strong(text):
            raise SettingsError(name, f"must be at least {SHORTEST_SECRET} plain characters; try: openssl rand -hex 32")
        return text

    def token(self, name: str) -> str:
        """Empty means off; a placeholder that was left standing would let in anybody who guesses it."""
        text = self.text(name)
        if text and not _strong(text):
            raise SettingsError(name, f"must be empty or at least {SHORTEST_SECRET} characters, as Twilio shows it")
        return text


def _strong(text: str) -> bool:
    return len(text) >= SHORTEST_SECRET and text.isascii() and text.isprintable()


def _split(name: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for a port that is none
    except ValueError as error:
        raise SettingsError(name, "is not a URL") from error
    return parts


def _origin(name: str, text: str) -> str:
    """A scheme, host and port as a browser's Origin header writes them: lower case, without the default port."""
    parts = _split(name, text)
    host = parts.hostname or ""
    bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in ("http", "https") or not bare or not HOST.fullmatch(host):
        raise SettingsError(name, f"must be like https://www.example.org, without a path or a star, not {text!r}")
    port = "" if parts.port in (None, {"http": 80, "https": 443}[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"
