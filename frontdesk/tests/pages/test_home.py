"""The page at `/` and the health address."""

from __future__ import annotations

import re
from html import escape

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import Client

from frontdesk.widget.snippet import snippet
from tests.conftest import assert_has_numbers


@pytest.fixture
def page() -> str:
    return Client().get("/").content.decode()


def test_the_numbers_are_links_that_need_no_script_and_no_database(page: str) -> None:
    """No database mark on this test: touching one would fail it."""
    for link in ('href="tel:911"', 'href="tel:988"', 'href="tel:+12125550147"'):
        assert link in page
    assert_has_numbers(page)
    assert "The Test Line" in page
    assert "90 days" in page


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    policy = Client().get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_page_keeps_to_its_policy(page: str) -> None:
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", page) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page) == []


def test_the_chat_is_in_the_page_and_so_is_how_to_embed_it(page: str) -> None:
    assert '<script src="/widget.js" async></script>' in page
    assert '<helpline-chat position="inline">' in page
    assert escape(snippet()) in page


@pytest.mark.django_db  # the end of a request looks after the database's connection
@pytest.mark.parametrize("name", ["pages/home.css", "pages/icon.svg"])
def test_the_static_files_are_served(name: str, page: str) -> None:
    response = Client().get(f"/static/{name}")
    response.close()

    assert f"/static/{name}" in page
    assert response.status_code == 200
    assert finders.find(name)


@pytest.mark.django_db
def test_health() -> None:
    assert Client().get("/healthz").json() == {"status": "ok", "storage": "ok"}


def test_without_a_database_people_are_still_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def cursor(self) -> None:
            raise OperationalError("unable to open database file")

    monkeypatch.setattr("frontdesk.pages.views.db.connection", Broken())

    response = Client().get("/healthz")
    assert (response.status_code, response.json()["storage"]) == (200, "failing")
