"""Every refusal is JSON with a sentence for the person and the numbers in it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from frontdesk import refusals, urls
from frontdesk.refusals import SENTENCES, Refused, answers, refusal
from tests.conftest import assert_refused


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("somebody's words")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [*urls.urlpatterns, path("fail", fail), path("forbid", forbid), path("take", take)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.mark.parametrize("code", SENTENCES)
def test_each_has_a_sentence_and_the_numbers(code: str) -> None:
    found = assert_refused(refusal(code), SENTENCES[code][0], code)

    assert found["message"].startswith(SENTENCES[code][1])


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/no-such-page", 404, "not_found"),
        ("GET", "/static/no-such-file", 404, "not_found"),
        ("GET", "/fail", 500, "server_error"),
        ("GET", "/forbid", 403, "forbidden"),
        ("POST", "/take", 403, "csrf"),
        ("POST", "/", 405, "method"),
        ("POST", "/healthz", 405, "method"),
    ],
)
@override_settings(ROOT_URLCONF="tests.test_refusals")
def test_djangos_own_refusals(method: str, address: str, status: int, code: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    assert_refused(client.generic(method, address), status, code)


@pytest.mark.parametrize(
    ("method", "address", "status"), [("GET", "/desk/no-such-page", 404), ("POST", "/desk/login", 403)]
)
def test_the_desks_are_pages(method: str, address: str, status: int) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, address)

    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")


def test_a_foreign_host_name() -> None:
    assert_refused(Client().get("/", HTTP_HOST="evil.example"), 400, "bad_request")


def test_the_technical_error_page_is_off(settings: object) -> None:
    assert getattr(settings, "DEBUG") is False  # noqa: B009


def test_a_view_refuses_by_raising() -> None:
    @answers("POST")
    def view(request: HttpRequest) -> HttpResponse:
        raise Refused("rate", {"retry_after": 5}, {"Retry-After": "5"})

    response = view(RequestFactory().post("/"))

    assert assert_refused(response, 429, "rate")["retry_after"] == 5
    assert response["Retry-After"] == "5"


def test_no_sentence_is_left_without_a_status_of_refusal() -> None:
    assert all(status in (400, 401, 403, 404, 405, 413, 415, 429, 500) for status, _ in refusals.SENTENCES.values())
