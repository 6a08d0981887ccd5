"""Logging in: lock-out, second factor, idle time-out, and what the audit log says of it."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import connection
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from frontdesk.accounts import idle
from frontdesk.accounts.models import User
from frontdesk.accounts.people import make_person
from frontdesk.accounts.roles import Role, make_roles
from frontdesk.audit.models import Action, Entry
from tests.conftest import AsRole, Configure

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> tuple[User, str]:
    make_roles()
    return make_person("ada", Role.COORDINATOR)


def log_in(client: Client, password: str, following: str = "") -> int:
    response = client.post("/desk/login", {"username": "ada", "password": password, "next": following})
    return response.status_code


def actions() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def test_the_password_is_kept_as_argon2(person: tuple[User, str]) -> None:
    assert identify_hasher(person[0].password).algorithm == "argon2"


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/desk/?level=crisis", "/desk/?level=crisis"),
        ("", "/desk/"),
        ("https://elsewhere.example/desk/", "/desk/"),
        ("//elsewhere.example/desk/", "/desk/"),
        ("/chat/session", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ],
)
def test_a_login_goes_on_to_the_desk_and_nowhere_else(person: tuple[User, str], wanted: str, goes_to: str) -> None:
    response = Client().post("/desk/login", {"username": "ada", "password": person[1], "next": wanted})

    assert response["Location"] == goes_to
    assert actions() == [Action.LOGIN]


def test_five_wrong_passwords_lock_the_name_out_from_that_address(person: tuple[User, str]) -> None:
    client = Client()

    assert [log_in(client, "wrong") for _ in range(5)] == [403, 403, 403, 403, 429]
    assert log_in(client, person[1]) == 429
    assert log_in(Client(REMOTE_ADDR="192.0.2.7"), person[1]) == 302
    assert actions() == [*[Action.LOGIN_FAILED] * 4, *[Action.LOCKED_OUT] * 2, Action.LOGIN]


def test_who_does_not_know_the_old_password_is_logged_out_at_the_fifth_try(person: tuple[User, str]) -> None:
    client = Client()
    log_in(client, person[1])
    typed = {"old_password": "wrong", "new_password1": "a long new one 7", "new_password2": "a long new one 7"}

    assert [client.post("/desk/password", typed).status_code for _ in range(5)] == [200] * 4 + [302]
    assert client.get("/desk/")["Location"].startswith("/desk/login")
    assert actions() == [Action.LOGIN, *[Action.LOGIN_FAILED] * 5, Action.LOGOUT]
    assert log_in(client, person[1]) == 302


def everything_kept() -> str:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (names of our own tables)
            rows += cursor.fetchall()
    return repr(rows)


def test_what_was_typed_as_an_unknown_name_is_written_down_nowhere(person: tuple[User, str]) -> None:
    address = "/desk/login?next=/desk/%3Ftext%3Dbartholomew"
    for password in ("", "x"):
        typed = {"username": "my secret password", "password": password, "next": "/desk/?text=bartholomew"}
        Client().post(address, typed)

    assert {entry.detail for entry in Entry.objects.all()} == {"a name that nobody has"}
    kept = everything_kept()
    assert "/desk/login" in kept, "the look itself finds what is there"
    for words in ("my secret", "bartholomew"):
        assert words not in kept


def test_somebody_inactive_does_not_get_in(person: tuple[User, str]) -> None:
    User.objects.update(is_active=False)

    assert log_in(Client(), person[1]) == 403


def test_the_second_factor_is_set_up_once_and_asked_for_each_time(
    person: tuple[User, str], configure: Configure
) -> None:
    configure(desk_second_factor=True)
    client = Client()
    log_in(client, person[1])
    page = client.get("/desk/second-factor").content.decode()
    assert "Conversations" not in page, "no way further is shown yet"
    device = TOTPDevice.objects.get()
    assert re.search(r"<svg [^>]*>", page)
    assert "style=" not in page

    assert client.post("/desk/second-factor", {"code": "000000"}).status_code == 403
    device.throttle_reset()
    code = f"{totp(device.bin_key):06d}"
    assert client.post("/desk/second-factor", {"code": code, "next": "/desk/"}).status_code == 302
    assert client.get("/desk/").status_code == 200

    again = Client()
    log_in(again, person[1])
    page = again.get("/desk/second-factor").content.decode()
    assert 'id="key"' not in page
    assert again.get("/desk/").status_code == 302
    assert again.post("/desk/second-factor", {"code": code}).status_code == 403, "each code works once"
    assert actions() == [Action.LOGIN, Action.LOGIN_FAILED, Action.FACTOR, Action.LOGIN, Action.LOGIN_FAILED]


def test_idle_people_have_to_log_in_again(
    as_role: AsRole, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(desk_idle_minutes=10)
    client = as_role("coordinator")
    now = time.time()
    monkeypatch.setattr("frontdesk.accounts.idle.time.time", lambda: now)

    def later(minutes: float, address: str = "/desk/", **headers: str) -> int:
        nonlocal now
        now += minutes * 60
        return client.get(address, headers=headers).status_code

    assert later(0) == 200
    assert later(9) == 200
    assert later(9) == 200
    assert later(9, "/desk/here") == 204, "somebody types"
    assert later(9, **{idle.BY_ITSELF: "1"}) == 200
    assert later(2) == 302, "what a page asks by itself keeps nobody logged in"


def test_no_public_page_sets_a_cookie(person: tuple[User, str]) -> None:
    client = Client()
    log_in(client, person[1])

    for page in ("/", "/healthz", "/widget.js"):
        assert not client.get(page).cookies
    assert {cookie["path"] for cookie in client.cookies.values()} == {"/desk/"}
