"""The safety reply and the numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dotenv import dotenv_values

from frontdesk.conf import ROOT, Helpline
from frontdesk.safety.channels import safety_text
from frontdesk.sms.parts import parts
from frontdesk.transcripts.levels import Cause, Channel
from tests.conftest import Configure, assert_has_numbers


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("stored", [True, False])
def test_it_holds_the_numbers(channel: Channel, stored: bool) -> None:
    text = safety_text(channel, stored=stored)

    assert_has_numbers(text)
    assert ("not received" in text) is not stored


@pytest.mark.parametrize("cause", [None, *Cause])
def test_it_fits_one_text_message(cause: Cause | None) -> None:
    assert [len(parts(safety_text(Channel.SMS, cause, stored=stored))) for stored in (True, False)] == [1, 1]


def test_it_follows_the_settings(configure: Configure) -> None:
    configure(helpline=Helpline("Another", "303-555-0100", "+13035550100"))

    assert "Another at 303-555-0100" in safety_text(Channel.WEB)
    assert "Another, free, confidential: 303-555-0100" in safety_text(Channel.SMS)


def test_the_number_stands_in_the_settings_only() -> None:
    number = dotenv_values(ROOT / ".env.example").get("HELPLINE_NUMBER")
    if not number:
        pytest.skip("no .env.example in this checkout")
    digits = re.sub(r"\D", "", number)
    here = Path(__file__).resolve().parents[2]
    files = [path for folder in ("frontdesk", "tests") for path in (here / folder).rglob("*") if path.is_file()]

    assert files
    named = [
        path for path in files if path.suffix != ".pyc" and digits in re.sub(rb"\D", b"", path.read_bytes()).decode()
    ]
    assert named == []
