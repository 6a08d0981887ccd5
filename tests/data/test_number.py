"""The helpline's number stands in one place: whoever changes it changes it once."""

from __future__ import annotations

import re
import subprocess

from dotenv import dotenv_values

from bot.paths import ROOT

MAY_HOLD_IT = re.compile(r"\.env\.example|docs/.*|README\.md")
"""Where the default is, and what explains it."""


def test_the_number_stands_in_the_settings_only() -> None:
    digits = re.sub(r"\D", "", dotenv_values(ROOT / ".env.example")["HELPLINE_NUMBER"] or "")
    assert len(digits) == 10
    pattern = rf"{digits[:3]}\D{{0,3}}{digits[3:6]}\D{{0,3}}{digits[6:]}".encode()
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = [name for name in tracked.split("\0") if name and (ROOT / name).is_file()]
    holding = [name for name in files if re.search(pattern, (ROOT / name).read_bytes())]
    assert ".env.example" in holding
    assert [name for name in holding if not MAY_HOLD_IT.fullmatch(name)] == []
