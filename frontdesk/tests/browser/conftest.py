"""A real browser on the real front desk with the real assistant behind it, and a website on another origin."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, ViewportSize, sync_playwright

from tests.real_parts import ROOT, FrontDesk, RealAssistant, absent, real_values

SCREENSHOTS = ROOT / "var" / "screenshots"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 760}
VIEWPORTS = pytest.mark.parametrize("viewport", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone")])


WORDS = """<h1>Living with long-term pain</h1>
<p>Some people who take opioids for pain notice that their muscles twitch or jerk. It can be frightening.</p>
<p>It is worth asking about. Please do not change what you take on your own; ask whoever prescribes it.</p>
"""
LOOK = "<style>main { max-width: 40rem; margin: 2rem; font: 1.1rem/1.6 Georgia, serif }</style>"
HEAD = '<title>A website</title><meta name="viewport" content="width=device-width, initial-scale=1">'


class Website:
    """Somebody else's website: `pages` by path, each HTML with the headers it is sent with."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, dict[str, str]]] = {"/before": ("<title>Before</title>", {})}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{port}"
        self.unknown = f"http://localhost:{port}"  # the same website under an origin that nobody has allowed
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def show(self, body: str, head: str = "", **headers: str) -> str:
        """Puts a page up; returns its address."""
        path = f"/{len(self.pages)}"
        html = f'<!doctype html><html lang="en"><head>{HEAD}{head}</head><body>{body}</body></html>'
        self.pages[path] = (html, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url + path

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(website: Website) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, headers = website.pages.get(self.path, ("", {}))
            self.send_response(200 if html else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    return Handler


FOUND = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed with this folder's tests: Playwright's event loop would be in the way of Django's database."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        if not FOUND and not own.exists():
            absent("no browser is here: install chromium, or name one in CHROMIUM")
        launched = playwright.chromium.launch(executable_path=FOUND, args=[*FLAGS])
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def website() -> Iterator[Website]:
    found = Website()
    yield found
    found.close()


@pytest.fixture(scope="package")
def desk(
    real_assistant: RealAssistant, website: Website, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FrontDesk]:
    values = {**real_values(), "ALLOWED_ORIGINS": website.url, "WEB_RATE_PER_MINUTE": "1000"}
    found = FrontDesk(tmp_path_factory.mktemp("browser"), real_assistant.port, values)
    assert found.command("migrate").returncode == 0
    found.start()
    yield found
    found.end()


@pytest.fixture(scope="package")
def snippet(desk: FrontDesk) -> str:
    """What `frontdesk snippet` prints, with this desk's address in place of the public one."""
    return desk.command("snippet").stdout.replace(desk.environment["PUBLIC_URL"], desk.url)


@pytest.fixture
def viewport() -> ViewportSize:
    return WIDE


@pytest.fixture
def options() -> dict[str, Any]:
    """What a test changes of the browser's context."""
    return {}


@pytest.fixture
def context(
    browser: Browser, desk: FrontDesk, website: Website, viewport: ViewportSize, options: dict[str, Any]
) -> Iterator[BrowserContext]:
    """An empty browser. No script of ours may fail, and nothing may be asked of anybody else, whatever a test does."""
    phone = {"has_touch": True, "is_mobile": True} if viewport == PHONE else {}
    opened = browser.new_context(viewport=viewport, **{**phone, **options})
    opened.set_default_timeout(10_000)
    problems: list[str] = []
    opened.on("weberror", lambda error: problems.append(str(error.error)))
    opened.on("console", lambda message: problems.extend(_complaints(message.text)))
    ours = (desk.url, website.url, website.unknown)
    opened.route(lambda url: not url.startswith(ours), lambda route: _foreign(route, problems))
    yield opened
    opened.close()
    assert problems == []


def _complaints(line: str) -> list[str]:
    """What the browser says of a policy that was not kept to."""
    return [line] if "Content Security Policy" in line else []


NEUTRAL = "https://www.weather.gov/"


def _foreign(route: Route, problems: list[str]) -> None:
    """Only leaving goes elsewhere, and tells nobody where it came from."""
    request = route.request
    if request.url != NEUTRAL or "referer" in request.headers:
        problems.append(f"asked of another origin: {request.url} {request.headers.get('referer', '')}")
    route.fulfill(body="<title>Weather</title>", content_type="text/html")


class Visitor:
    """A person at a page with the chat."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.launcher = page.locator(".launcher")
        self.panel = page.locator("dialog.panel")
        self.field = page.get_by_label("Your message")
        self.log = page.get_by_role("log")
        self.mine = page.locator(".me")
        self.replies = page.locator(".entry:not(.me):not(.intro):not(.failure)")
        self.failures = page.locator(".failure")
        self.again = page.get_by_role("button", name="Send again")
        self.leave = page.get_by_role("button", name="Leave now")
        self.sent: list[dict[str, Any]] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.url.endswith("/chat/message") and request.method == "POST":
            self.sent.append(request.post_data_json or {})

    def arrive(self) -> Visitor:
        self.page.goto(self.url)
        return self

    def open(self) -> Visitor:
        self.launcher.click()
        return self

    def say(self, text: str) -> Visitor:
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def hears(self, count: int = 1) -> Visitor:
        """Waits until that many replies are there."""
        self.page.wait_for_function(
            """count => [...document.querySelectorAll("helpline-chat")].some((chat) =>
            chat.shadowRoot.querySelectorAll(".entry:not(.me):not(.intro)").length >= count)""",
            arg=count,
        )
        return self

    def gets(self, content: object, status: int = 200) -> Visitor:
        """From now on the server answers every message with this: JSON, or the text as it is."""
        body = content if isinstance(content, str) else json.dumps(content)
        headers = {"Access-Control-Allow-Origin": "*"}
        self.page.route(
            "**/chat/message",
            lambda route: route.fulfill(body=body, status=status, content_type="application/json", headers=headers),
        )
        return self

    def attribute(self, name: str, value: str) -> Visitor:
        change = "([name, value]) => document.querySelector('helpline-chat').setAttribute(name, value)"
        self.page.evaluate(change, [name, value])
        return self

    def focused(self) -> str:
        """The classes, or the id, of what has the focus inside the widget."""
        found = self.page.evaluate(
            """() => { const at = document.activeElement.shadowRoot?.activeElement;
            return at?.className || at?.id || ""; }"""
        )
        return str(found)

    def kept(self) -> Any:  # noqa: ANN401
        return self.page.evaluate("JSON.parse(sessionStorage.getItem('helpline-chat'))")


@pytest.fixture
def home(context: BrowserContext, desk: FrontDesk) -> Visitor:
    """At the front desk's own page."""
    return Visitor(context.new_page(), desk.url).arrive()


@pytest.fixture
def guest(context: BrowserContext, snippet: str, website: Website) -> Visitor:
    """At somebody's website with the snippet in it; the chat still closed."""
    url = website.show(f"<main>{WORDS}{snippet}</main>", LOOK)
    return Visitor(context.new_page(), url).arrive()


Shoot = Callable[..., None]


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Shoot:
    """Keeps a picture of a state, by the test's viewport: var/screenshots/NAME-wide.png."""

    def keep(page: Page, name: str, **changes: Any) -> None:  # noqa: ANN401
        size = page.viewport_size or WIDE
        kind = "phone" if size["width"] < 500 else "wide"
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}-{kind}.png", **{"animations": "disabled", **changes})

    return keep
