"""Django's database settings out of DATABASE_URL, with the waits that keep a reply within its 8 seconds."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# The longest a write waits for the other threads, and then again for other programs (frontdesk/transcripts/writing.py).
# The numbers have to be there within 8 s: the assistant's deadline, then the write of its replies.
LOCK_WAIT_S = 1.0

# WAL: readers never wait for the writer. FULL: what was answered as stored survives a power cut.
# secure_delete: an erased message's words are gone from the file too.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON"


def database(url: str, root: Path) -> dict[str, Any]:
    """The `default` entry of Django's DATABASES for a checked URL; a relative SQLite path starts at `root`."""
    parts = urlsplit(url)
    return _sqlite(parts.path, root) if parts.scheme == "sqlite" else _postgresql(url)


def _sqlite(path: str, root: Path) -> dict[str, Any]:
    file = root / unquote(path.removeprefix("/"))
    with contextlib.suppress(OSError):  # SQLite makes the file, not its folder; what is wrong shows at the first use
        file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": LOCK_WAIT_S,
            # A transaction that begins by reading and writes later can fail at once, whatever the timeout: take the
            # write lock first and wait for it.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    milliseconds = int(LOCK_WAIT_S * 1000)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            "options": f"-c lock_timeout={milliseconds} -c idle_in_transaction_session_timeout=60000",
            **dict(parse_qsl(parts.query)),
        },
    }
