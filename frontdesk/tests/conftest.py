"""What every test may use: settings of its own, a fake assistant, a client of the web chat."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from frontdesk.accounts.models import User
from frontdesk.accounts.roles import make_roles
from frontdesk.audit import triggers
from frontdesk.redaction.redact import redact
from frontdesk.webchat.rates import buckets
from frontdesk.webchat.session import new_session
from tests.fake_assistant import FakeAssistant
from tests.real_parts import RealAssistant

# The same examples every time, and no folder left behind: a red build can be looked into.
hypothesis_settings.register_profile("house", deadline=None, max_examples=80, database=None, derandomize=True)
hypothesis_settings.load_profile("house")

Configure = Callable[..., None]


@pytest.fixture
def configure(settings: Settings) -> Configure:
    """Changes settings for one test: `configure(web_rate_per_minute=3)`."""

    def change(**changes: Any) -> None:  # noqa: ANN401
        settings.CONFIG = replace(settings.CONFIG, **changes)

    return change


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """As `frontdesk serve` does before the first message, so that loading takes nothing from a deadline."""
    redact("")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests empty their tables, which the audit log's triggers would refuse; tests/audit puts them back for itself."""
    with django_db_blocker.unblock():
        triggers.remove(connection)


@pytest.fixture(autouse=True)
def _full_buckets() -> None:
    buckets.clear()


AsRole = Callable[[str], Client]


@pytest.fixture
def as_role() -> AsRole:
    """A browser in which somebody of this role is logged in, called as the role is: `as_role("supervisor")`."""

    def log_in(role: str) -> Client:
        make_roles()  # a test that emptied its tables took them along
        person, new = User.objects.get_or_create(username=role)
        if new:
            person.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(person)
        return client

    return log_in


@pytest.fixture
def assistant(configure: Configure) -> Iterator[FakeAssistant]:
    """An assistant that answers properly until it is told otherwise."""
    fake = FakeAssistant()
    configure(assistant_port=fake.port)
    yield fake
    fake.close()


@pytest.fixture(scope="session")
def real_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealAssistant]:
    """Started once for all tests; one that stops a part starts it again."""
    real = RealAssistant(tmp_path_factory.mktemp("assistant"))
    try:
        real.start()
        yield real
    finally:
        real.end()


class Chat:
    """A visitor's browser: one session, and a new id for each message."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.session = new_session()

    def say(self, text: object, **changes: Any) -> Any:  # noqa: ANN401 (the test client's response)
        """Posts one message; `changes` replace or add fields of the body."""
        return self.post({"session": self.session, "id": uuid.uuid4().hex, "text": text, **changes})

    def post(self, body: object, **headers: Any) -> Any:  # noqa: ANN401
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post("/chat/message", content, content_type="application/json", **headers)


@pytest.fixture
def chat() -> Chat:
    return Chat()


def assert_has_numbers(text: str) -> None:
    """911, 988 and the helpline: what a person is owed in every refusal and safety reply."""
    for number in ("911", "988", "212-555-0147"):
        assert number in text


def assert_refused(response: Any, status: int, code: str) -> dict[str, Any]:  # noqa: ANN401
    """A refusal as frontdesk/refusals.py promises it; returns its JSON."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(response.content)
    assert found["error"] == code
    assert found["helpline"]["tel"] == "tel:+12125550147"
    assert_has_numbers(found["message"])
    return found
