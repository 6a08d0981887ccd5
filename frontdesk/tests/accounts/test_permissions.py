"""Who gets where: every address of the desk, for every role, and for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from frontdesk.accounts.roles import MAY, Role
from frontdesk.accounts.verbs import VERBS
from frontdesk.audit.models import Action, Entry
from tests.conftest import AsRole, Configure

pytestmark = pytest.mark.django_db

# The pages that need no verb: logging in and out, and one's own password.
OPEN = {"login"}
ANYBODY = {"here", "logout", "password", "second-factor"}
SOMETHING = {
    "identity": UUID(int=1),
    "number": 1,
    "day": "2026-01-01",
    "name": "messages",
    "form": "csv",
    "figure": "levels",
}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


def pages() -> list[URLPattern]:
    """Every page below /desk/."""
    desk = next(each for each in get_resolver().url_patterns if str(each.pattern) == "desk/")
    assert isinstance(desk, URLResolver)
    return list(patterns(desk.url_patterns))


def address(page: URLPattern) -> str:
    captured = {name: SOMETHING[name] for name in page.pattern.regex.groupindex if name in SOMETHING}
    return reverse(str(page.name), kwargs=captured)


def verb(page: URLPattern) -> str | None:
    found: str | None = getattr(page.callback, "verb", None)
    return found


PAGES = {str(page.name): page for page in pages()}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_asks_for_a_verb(name: str) -> None:
    asked = verb(PAGES[name])
    assert asked in VERBS or (asked == "" and name in ANYBODY) or name in OPEN


@pytest.mark.parametrize("name", sorted(set(PAGES) - OPEN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_a_login(name: str, method: str) -> None:
    response = getattr(Client(), method)(address(PAGES[name]))

    assert response.status_code in (302, 405)
    if response.status_code == 302:
        assert response["Location"].startswith("/desk/login")


@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_role_is_refused_what_it_may_not_do_by_address_too(role: str, as_role: AsRole) -> None:
    client = as_role(role)
    for name, page in PAGES.items():
        asked = verb(page)
        for method in ("get", "post"):
            if name == "logout" or not asked:
                continue
            response = getattr(client, method)(address(page))
            refused = response.status_code == 403
            assert response.status_code == 405 or refused == (asked not in MAY[Role(role)]), (name, method)


def test_a_refusal_is_in_the_audit_log(as_role: AsRole) -> None:
    as_role("coordinator").get("/desk/audit")

    entry = Entry.objects.get()
    assert (entry.action, str(entry.by), entry.detail) == (Action.DENIED, "coordinator", "manage")


def test_the_head_shows_only_what_one_may_open(as_role: AsRole) -> None:
    shown = {role: as_role(role).get("/desk/").content.decode() for role in ("coordinator", "administrator")}

    assert 'href="/desk/audit"' in shown["administrator"]
    assert 'href="/desk/audit"' not in shown["coordinator"]


def test_without_the_second_factor_nothing_opens(as_role: AsRole, configure: Configure) -> None:
    configure(desk_second_factor=True)

    response = as_role("administrator").get("/desk/?level=crisis")

    assert response.status_code == 302
    assert response["Location"] == "/desk/second-factor?next=%2Fdesk%2F%3Flevel%3Dcrisis"


def test_a_part_of_a_page_sends_the_whole_page_to_the_login() -> None:
    response = Client().get("/desk/news", headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/desk/login"
