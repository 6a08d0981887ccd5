"""GET /widget.js."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from frontdesk.widget.script import SOURCE, script
from tests.conftest import Configure, assert_refused

MOST_BYTES = 12_000


@pytest.mark.parametrize("name", ["The Test Line", "Nobody's Alone: The Überlange Helpline of Two Counties & Towns"])
def test_it_is_small(capsys: pytest.CaptureFixture[str], configure: Configure, name: str) -> None:
    helpline = settings.CONFIG.helpline
    configure(helpline=type(helpline)(name.ljust(60, "."), helpline.number, helpline.e164))
    size = len(script().packed)
    with capsys.disabled():
        print(f"\nwidget.js: {size:,} bytes gzipped ({len(script().plain):,} plain); at most {MOST_BYTES:,}")

    assert size <= MOST_BYTES


def test_its_readers_comments_stay_here() -> None:
    """Lines of comment, and nothing but them, are left out."""
    served = script().plain.decode()

    assert not re.search(r"^\s*(//|/\*)", served, re.MULTILINE)
    kept = [
        line for line in SOURCE.read_text(encoding="utf-8").splitlines() if not line.strip().startswith(("//", "/*"))
    ]
    assert served.splitlines()[:-1] == kept[:-1]


def test_it_holds_the_settings() -> None:
    served = Client().get("/widget.js").content.decode()

    found = json.loads(served[served.rindex("})(") + 3 : served.rindex(");")])
    assert found == {
        "url": "https://chat.example.org",
        "name": "The Test Line",
        "number": "212-555-0147",
        "tel": "tel:+12125550147",
        "emergency": "911",
        "lifeline": "988",
        "days": 90,
    }


def test_a_name_cannot_break_out(configure: Configure) -> None:
    helpline = settings.CONFIG.helpline
    configure(helpline=type(helpline)('"); alert("</script>', helpline.number, helpline.e164))

    served = script().plain.decode()
    assert json.loads(served[served.rindex("})(") + 3 : served.rindex(");")])["name"] == '"); alert("</script>'


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        pytest.param("gzip, br", "gzip", id="gzip"),
        pytest.param("br", None, id="another"),
        pytest.param("", None, id="none"),
    ],
)
def test_it_is_sent_as_the_browser_takes_it(accepts: str, encoding: str | None) -> None:
    response = Client().get("/widget.js", headers={"Accept-Encoding": accepts})

    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.get("Content-Encoding") == encoding
    assert response["Vary"] == "Accept-Encoding"
    content = gzip.decompress(response.content) if encoding else response.content
    assert content == script().plain


def test_any_website_may_load_it_and_keeps_it_a_while() -> None:
    response = Client().get("/widget.js", headers={"Origin": "https://anybody.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=300"
    again = Client().get("/widget.js", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_changed_number_is_another_script(configure: Configure) -> None:
    before = script().tag
    configure(retention_days=30)

    assert script().tag != before


def test_only_get() -> None:
    assert_refused(Client().post("/widget.js"), 405, "method")


def test_it_names_no_other_address_and_no_number() -> None:
    """The one website in it is the one that leaving goes to; the helpline's number comes from the settings alone."""
    text = SOURCE.read_text(encoding="utf-8")

    hosts = {urlsplit(url).netloc for url in re.findall(r"https?://[^\s\"'`<>\[\\]+", text)}
    assert hosts == {"www.weather.gov", "www.w3.org"}
    assert not re.search(r"\d{3}-\d{3}-\d{4}|localStorage|document\.cookie|innerHTML|\beval\b", text)
