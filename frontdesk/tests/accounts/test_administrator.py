"""`frontdesk administrator`: the first way in, and the way back in."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from frontdesk.accounts.models import User
from frontdesk.accounts.roles import make_roles
from tests.conftest import AsRole, Configure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles() -> None:
    make_roles()


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    call_command("administrator", *arguments)
    return capsys.readouterr().out.split()


def test_the_first_one_gets_in_and_a_forgotten_password_is_no_end(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        User.objects.update(is_active=False)  # by another administrator, or by mistake
        name, password = printed(capsys, "ada")
        client = Client()
        assert client.post("/desk/login", {"username": name, "password": password}).status_code == 302
        assert client.get("/desk/people").status_code == 200


@pytest.mark.parametrize(
    ("mode", "others", "made"),
    [("development", False, True), ("development", True, False), ("production", False, False)],
)
def test_a_demo_is_made_for_an_empty_desk_and_never_in_production(
    capsys: pytest.CaptureFixture[str], configure: Configure, as_role: AsRole, mode: str, others: bool, made: bool
) -> None:
    configure(mode=mode)
    if others:
        as_role("coordinator")

    assert bool(printed(capsys, "demo", "--if-none")) is made
    assert User.objects.filter(username="demo").exists() is made


def test_a_coordinator_is_not_made_more_by_a_slip(as_role: AsRole) -> None:
    as_role("coordinator")

    with pytest.raises(CommandError):
        call_command("administrator", "coordinator")
