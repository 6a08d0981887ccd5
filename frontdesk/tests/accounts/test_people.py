"""Administrators look after who may come to the desk."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from frontdesk.accounts.models import User
from frontdesk.audit.models import Action, Entry
from tests.conftest import AsRole

pytestmark = pytest.mark.django_db


def test_a_new_person_gets_a_password_that_works(as_role: AsRole) -> None:
    page = as_role("administrator").post("/desk/people/add", {"username": "ben", "role": "supervisor"})

    password = re.search(r'<code id="password">([^<]+)</code>', page.content.decode())
    assert password
    assert Client().post("/desk/login", {"username": "ben", "password": password[1]}).status_code == 302
    assert User.objects.get(username="ben").role == "supervisor"
    assert Entry.objects.filter(action=Action.PEOPLE, detail="added ben, supervisor").exists()


@pytest.mark.parametrize(
    ("what", "role", "active"),
    [("supervisor", "supervisor", True), ("inactive", "coordinator", False), ("nonsense", "coordinator", True)],
)
def test_a_person_is_changed(as_role: AsRole, what: str, role: str, active: bool) -> None:
    as_role("coordinator")
    ben = User.objects.get()

    as_role("administrator").post(f"/desk/people/{ben.pk}", {"what": what})

    ben.refresh_from_db()
    assert (User.objects.get(pk=ben.pk).role, ben.is_active) == (role, active)


def test_nobody_takes_the_keys_from_themselves(as_role: AsRole) -> None:
    client = as_role("administrator")
    me = User.objects.get()

    assert client.post(f"/desk/people/{me.pk}", {"what": "coordinator"}).status_code == 400
    assert User.objects.get().role == "administrator"
