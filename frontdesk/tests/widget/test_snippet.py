"""`frontdesk snippet`: one line of HTML from the settings."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from frontdesk.widget.snippet import snippet
from tests.conftest import Configure


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("snippet", *arguments)
    return capsys.readouterr().out


def test_it_is_one_line_that_can_be_pasted(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys) == (
        '<helpline-chat><a href="tel:911">Call 911</a> · <a href="tel:988">Call 988</a> · '
        '<a href="sms:988">Text 988</a> · <a href="tel:+12125550147">The Test Line: 212-555-0147</a></helpline-chat> '
        '<script src="https://chat.example.org/widget.js" async></script>\n'
    )


def test_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "--lang", "es")

    assert found.startswith('<helpline-chat lang="es"><a href="tel:911">Llamar al 911</a>')


def test_no_other_language() -> None:
    with pytest.raises(CommandError):
        call_command("snippet", "--lang", "fr")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Michael's House", "Michael's House"), ("A & B", "A &amp; B"), ("<script>", "&lt;script&gt;"), ("{x}", "{x}")],
)
def test_a_name_is_text(configure: Configure, name: str, shown: str) -> None:
    helpline = settings.CONFIG.helpline
    configure(helpline=type(helpline)(name, helpline.number, helpline.e164))

    assert f">{shown}: 212-555-0147</a>" in snippet()
