"""Exactly the websites of ALLOWED_ORIGINS may use the chat."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import assert_refused

ALLOWED = ["https://www.example.org", "http://localhost:3000", "https://chat.example.org", "http://testserver"]
REFUSED = [
    "null",
    "",
    "https://example.org",
    "http://www.example.org",
    "https://www.example.org:444",
    "https://www.example.org.evil.example",
    "https://evil.example/https://www.example.org",
    "HTTPS://WWW.EXAMPLE.ORG",
]


def preflight(origin: str) -> dict[str, str]:
    return {"HTTP_ORIGIN": origin, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}


@pytest.mark.parametrize("origin", ALLOWED)
def test_an_allowed_origin(origin: str) -> None:
    response = Client().post("/chat/session", HTTP_ORIGIN=origin)

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ALLOWED)
def test_a_preflight(origin: str) -> None:
    response = Client().options("/chat/message", **preflight(origin))  # type: ignore[arg-type]

    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == origin
    assert response["Access-Control-Allow-Methods"] == "POST"
    assert response["Access-Control-Allow-Headers"] == "Content-Type"


@pytest.mark.parametrize("origin", REFUSED)
def test_any_other_is_refused(origin: str) -> None:
    for response in (
        Client().post("/chat/session", HTTP_ORIGIN=origin),
        Client().options("/chat/session", **preflight(origin)),  # type: ignore[arg-type]
    ):
        assert_refused(response, 403, "origin")
        assert "Access-Control-Allow-Origin" not in response


def test_a_refusal_can_be_read_by_an_allowed_website() -> None:
    response = Client().get("/chat/message", HTTP_ORIGIN=ALLOWED[0])

    assert_refused(response, 405, "method")
    assert response["Access-Control-Allow-Origin"] == ALLOWED[0]


def test_pages_are_nobodys_business() -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/", HTTP_ORIGIN=ALLOWED[0])
