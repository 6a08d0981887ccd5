"""The tests that touch the database, once more on PostgreSQL.

FRONTDESK_TEST_POSTGRESQL is the address of a server whose user may make databases, such as
postgresql://user:password@127.0.0.1:5432/postgres
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SERVER = os.environ.get("FRONTDESK_TEST_POSTGRESQL", "")


@pytest.mark.skipif(not SERVER, reason="FRONTDESK_TEST_POSTGRESQL names no server")
def test_transcripts_exchange_and_channels_on_postgresql() -> None:
    desk = ("accounts", "audit", "desk", "search", "keeping", "alerts/test_alerts.py", "exports", "figures", "invented")
    sms = ("sms/test_conversations.py", "sms/test_opt_out.py", "sms/test_delivery.py")
    tests = [str(HERE / name) for name in ("transcripts", "exchange", "webchat", *desk, *sms)]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]

    done = subprocess.run(
        command,
        cwd=HERE.parent,
        env={**os.environ, "FRONTDESK_TEST_DATABASE_URL": SERVER},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
