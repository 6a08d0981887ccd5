"""The web chat with the real assistant behind it: what stands at the end of the longest message is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frontdesk.webchat.form import LONGEST_TEXT
from tests.real_parts import FrontDesk, RealAssistant, real_values

GOODBYE = " I took all the pills an hour ago. Goodbye."
LETTER = "I remember the garden and how the light came through the kitchen window in the morning. "


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, real_assistant: RealAssistant) -> Iterator[FrontDesk]:
    found = FrontDesk(tmp_path_factory.mktemp("longest"), real_assistant.port, real_values())
    assert found.command("migrate").returncode == 0
    found.start()
    yield found
    found.end()


def test_a_goodbye_at_the_end_of_the_longest_letter(desk: FrontDesk) -> None:
    text = (LETTER * (LONGEST_TEXT // len(LETTER) + 1))[: LONGEST_TEXT - len(GOODBYE)] + GOODBYE
    assert len(text) == LONGEST_TEXT

    answered = desk.say(text, desk.session())

    assert answered["stored"]
    assert answered["replies"][0]["kind"] == "emergency"


def test_the_letter_alone_is_no_emergency(desk: FrontDesk) -> None:
    """Or the test above would say nothing about its end."""
    answered = desk.say((LETTER * (LONGEST_TEXT // len(LETTER) + 1))[:LONGEST_TEXT], desk.session())

    assert [reply for reply in answered["replies"] if reply["kind"] == "emergency"] == []
