"""What is typed: the texts to set at the carrier, the fallback, and the phone in the terminal."""

from __future__ import annotations

import re
import subprocess
from io import StringIO
from xml.etree import ElementTree

import httpx
import pytest
from django.core.management import CommandError, call_command

from frontdesk.conf import Helpline
from frontdesk.sms.handset import Handset, NoAnswerError
from frontdesk.sms.parts import is_gsm7, units
from frontdesk.sms.texts import word_text
from frontdesk.sms.words import Word
from tests.conftest import Configure, assert_has_numbers
from tests.real_parts import COMMAND, FrontDesk, free_port
from tests.settings import GIVEN
from tests.sms.conftest import TOKEN, Phone


def printed(name: str) -> tuple[str, str]:
    """What a command says on the standard output and beside it."""
    out, beside = StringIO(), StringIO()
    call_command(name, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


def test_the_texts_to_set_at_the_carrier(configure: Configure) -> None:
    configure(twilio_auth_token=TOKEN)

    said, _ = printed("sms_setup")

    for word in Word:
        text = word_text(word)
        assert f"    {text}\n" in said
        assert f"({units(text)} of 160 characters)" in said
        assert is_gsm7(text)
        assert_has_numbers(text)
        assert "The Test Line" in text
    assert "https://chat.example.org/sms/twilio#rc=2&rp=all by HTTP POST" in said
    assert "SMS channel: on" in said
    assert "keywords STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT;" in said


LONG = Helpline("The Recovery Centers of Northern California", "212-555-0147", "+12125550147")


@pytest.mark.parametrize("command", ["sms_setup", "check_settings"])
def test_a_name_too_long_for_one_part_is_refused(configure: Configure, command: str) -> None:
    configure(helpline=LONG, twilio_auth_token=TOKEN)

    with pytest.raises(CommandError, match=r"160 is the most; shorten HELPLINE_NAME"):
        printed(command)


def test_a_name_may_be_long_where_the_channel_is_off(configure: Configure) -> None:
    configure(helpline=LONG)

    assert "settings ok" in printed("check_settings")[0]


def test_the_fallback_is_a_document_of_its_own() -> None:
    document, how = printed("sms_fallback")

    (message,) = ElementTree.fromstring(document)  # noqa: S314 (our own)
    assert message.tag == "Message"
    assert message.attrib == {}
    assert_has_numbers(message.text or "")
    assert "#rc=2&rp=all" in how
    assert "Fallback URL" in how


def typed(desk: FrontDesk, lines: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "sms", *arguments],
        env={**desk.environment, **environment},
        input=lines,
        capture_output=True,
        text=True,
    )


def test_a_phone_in_the_terminal(served: FrontDesk, caller: Phone) -> None:
    done = typed(served, f"hello\n{'long ' * 40}\n\u00a1ayuda \U0001f622\nSTOP\n", "--number", caller.number)

    assert (done.returncode, done.stderr) == (0, "")
    assert "[1/1] About: hello\n12 of 160 in GSM-7" in done.stdout
    assert re.search(r"\[1/2\] About: long .*\n\[2/2\] .*\n\d+ of 306 in GSM-7", done.stdout)
    assert "[1/1] About: \u00a1ayuda \n" in done.stdout
    assert "(no reply)" in done.stdout


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN is empty", id="the channel is off"),
        pytest.param({"TWILIO_AUTH_TOKEN": "b" * 32}, "the front desk answered 403", id="another token there"),
        pytest.param({"FRONTDESK_PORT": str(free_port())}, "no front desk answers at", id="nobody there"),
        pytest.param({"FRONTDESK_HOST": "::1"}, "no front desk answers at http://[::1]:", id="nobody there, IPv6"),
    ],
)
def test_what_keeps_the_phone_from_working_is_one_line(
    served: FrontDesk, changes: dict[str, str], problem: str
) -> None:
    done = typed(served, "hello\n", **changes)

    assert done.returncode == 1
    assert problem in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("desk", ["http://::1:8000", "http://[::1", "localhost:x", ""])
def test_an_address_that_is_none_is_no_answer(configure: Configure, desk: str) -> None:
    configure(twilio_auth_token=TOKEN)

    with pytest.raises(NoAnswerError, match="no front desk answers at"):
        Handset("+12125550123", desk).send("hello")


def test_what_answers_and_is_no_front_desk(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(twilio_auth_token=TOKEN)
    monkeypatch.setattr(httpx, "post", lambda *_, **__: httpx.Response(200, text="<p>It works!"))

    with pytest.raises(NoAnswerError, match="is no front desk"):
        Handset("+12125550123", "http://127.0.0.1:8000").send("hello")


@pytest.mark.parametrize(
    ("token", "state"),
    [("", "SMS channel: off (TWILIO_AUTH_TOKEN is empty)"), (TOKEN, f"SMS channel: on, {GIVEN['PUBLIC_URL']}")],
)
def test_the_settings_say_whether_the_channel_is_on(served: FrontDesk, token: str, state: str) -> None:
    done = subprocess.run(
        [COMMAND, "check-settings"],
        env={**served.environment, "TWILIO_AUTH_TOKEN": token},
        capture_output=True,
        text=True,
    )

    assert state in done.stdout


def test_the_front_desk_says_so_at_its_start(served: FrontDesk) -> None:
    assert "SMS channel: on, https://chat.example.org/sms/twilio\n" in served.log.read_text()
