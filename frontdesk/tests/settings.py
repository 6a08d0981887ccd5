"""The front desk's settings with values of the tests' own: no `.env` of this machine changes a result.

FRONTDESK_TEST_DATABASE_URL runs the same tests on another database (tests/test_postgresql.py).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="frontdesk-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

GIVEN = {
    "MODE": "development",
    "HELPLINE_NAME": "The Test Line",
    "HELPLINE_NUMBER": "212-555-0147",
    "RETENTION_DAYS": "90",
    "FIGURES_DAYS": "730",
    "ALERT_URLS": "",
    "FRONTDESK_HOST": "127.0.0.1",
    "FRONTDESK_PORT": "8000",
    "PUBLIC_URL": "https://chat.example.org",
    "DATABASE_URL": os.environ.get("FRONTDESK_TEST_DATABASE_URL") or f"sqlite:///{SCRATCH / 'unused.sqlite3'}",
    "TRACKER_DATABASE_URL": f"sqlite:///{SCRATCH / 'tracker.sqlite3'}",
    "SECRET_KEY": "a secret of the tests, forty characters.",
    "ASSISTANT_PORT": "5005",
    "ASSISTANT_TOKEN": "a token of the tests, forty characters..",
    "ASSISTANT_DEADLINE_S": "1",
    "ALLOWED_ORIGINS": "https://www.example.org, http://localhost:3000",
    "SESSION_HOURS": "12",
    "WEB_RATE_PER_MINUTE": "1000",
    "SMS_RATE_PER_MINUTE": "1000",
    "TWILIO_AUTH_TOKEN": "",
    "DESK_SECOND_FACTOR": "off",
    "DESK_IDLE_MINUTES": "30",
    "DESK_NONE_PERCENT": "0",
}
os.environ.update(GIVEN)

from frontdesk.settings import *  # noqa: E402, F403
from frontdesk.settings import ALLOWED_HOSTS, DATABASES  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file: threads share it as they do in earnest, which a database in memory can't.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
