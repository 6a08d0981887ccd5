"""Exactly the websites of ALLOWED_ORIGINS may use the chat."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import Configure, assert_refused

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


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        pytest.param("GET", "/chat/message", "", 405, "method", id="wrong method"),
        pytest.param("POST", "/chat/message", "{", 400, "bad_json", id="no JSON"),
        pytest.param("POST", "/chat/message", "{}", 401, "session_invalid", id="no session"),
        pytest.param("POST", "/chat/message", "x" * 65_537, 413, "body_too_large", id="too large"),
        pytest.param("POST", "/chat/nothing", "{}", 404, "not_found", id="no such address"),
    ],
)
def test_a_refusal_can_be_read_by_an_allowed_website(
    method: str, path: str, content: str, status: int, code: str
) -> None:
    """Without the header the browser keeps the numbers in it from the page."""
    response = Client().generic(method, path, content, "application/json", HTTP_ORIGIN=ALLOWED[0])

    assert_refused(response, status, code)
    assert response["Access-Control-Allow-Origin"] == ALLOWED[0]


def test_so_can_the_rate_limit_and_a_mistake_of_our_own(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(web_rate_per_minute=1)
    client = Client(raise_request_exception=False)
    limited = [client.post("/chat/session", HTTP_ORIGIN=ALLOWED[0]) for _ in range(5)][-1]
    monkeypatch.setattr("frontdesk.webchat.views.rates.check_address", lambda request: 1 / 0)
    broken = client.post("/chat/session", HTTP_ORIGIN=ALLOWED[0])

    assert (limited.status_code, broken.status_code) == (429, 500)
    for response in (limited, broken):
        assert response["Access-Control-Allow-Origin"] == ALLOWED[0]


def test_pages_are_nobodys_business() -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/", HTTP_ORIGIN=ALLOWED[0])
