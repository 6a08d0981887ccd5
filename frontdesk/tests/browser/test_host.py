"""On other people's websites: strict policies, hostile styles, two of it, none of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect

from tests.browser.conftest import PHONE, VIEWPORTS, Visitor, Website
from tests.real_parts import DEFAULTS, FrontDesk

LINKS = ["tel:911", "tel:988", "sms:988", f"tel:+1{DEFAULTS['HELPLINE_NUMBER'].replace('-', '')}"]


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(context: BrowserContext, website: Website) -> Visit:
    """Opens a page of the website with this body."""

    def go(body: str, head: str = "", **headers: str) -> Visitor:
        return Visitor(context.new_page(), website.show(body, head, **headers)).arrive()

    return go


@VIEWPORTS
def test_under_a_strict_policy(visit: Visit, snippet: str, desk: FrontDesk, viewport: ViewportSize) -> None:
    """No style, image or font is allowed at all; the context sees to it that nothing was even tried."""
    policy = f"default-src 'none'; script-src {desk.url}; connect-src {desk.url}; require-trusted-types-for 'script'"
    visitor = visit(snippet, Content_Security_Policy=policy)
    visitor.open().say("what is myoclonus").hears()
    visitor.page.evaluate("document.querySelector('helpline-chat').setAttribute('color', 'purple')")

    expect(visitor.replies.first).to_contain_text("article")
    color = visitor.panel.locator("header").evaluate("e => getComputedStyle(e).backgroundColor")
    assert color == "rgb(128, 0, 128)"


@pytest.mark.parametrize("options", [{"java_script_enabled": False}], ids=[""])
def test_without_script_the_links_are_left(visit: Visit, snippet: str, options: dict[str, Any]) -> None:
    visitor = visit(snippet)

    links = visitor.page.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == LINKS
    for link in links.all():
        expect(link).to_be_visible()
    expect(visitor.launcher).to_have_count(0)


def test_without_server_the_links_are_left(visit: Visit, snippet: str, desk: FrontDesk) -> None:
    visitor = visit(snippet.replace("/widget.js", "/nothing.js"))

    assert [link.get_attribute("href") for link in visitor.page.get_by_role("link").all()] == LINKS
    expect(visitor.launcher).to_have_count(0)


def test_an_empty_element_has_the_links_too(visit: Visit, desk: FrontDesk) -> None:
    visitor = visit(f"<helpline-chat></helpline-chat><script src='{desk.url}/widget.js' async></script>")

    visitor.launcher.wait_for()
    assert [link.get_attribute("href") for link in visitor.page.get_by_role("link").all()] == LINKS


def test_two_widgets_and_two_loads_are_one_talk(visit: Visit, snippet: str) -> None:
    visitor = visit(snippet + snippet.replace("<helpline-chat", "<helpline-chat position='left'"))
    chats = visitor.page.locator("helpline-chat")
    expect(visitor.launcher).to_have_count(2)
    left, right = (chats.nth(1).locator(name) for name in (".launcher", ".panel"))
    box = left.bounding_box()
    assert box
    assert box["x"] < 100
    chats.nth(0).locator(".launcher").click()
    chats.nth(0).locator("textarea").fill("what is myoclonus")
    chats.nth(0).locator("textarea").press("Enter")
    visitor.hears(2)
    left.click()

    expect(right.locator(".me")).to_have_count(1)
    chats.nth(1).locator("textarea").fill("is it a disease")
    chats.nth(1).locator("textarea").press("Enter")
    expect(chats.nth(0).locator(".me")).to_have_count(2)
    visitor.hears(3)
    assert len({each["session"] for each in visitor.sent}) == 1
    assert len(visitor.sent) == 2


def test_of_two_open_widgets_one_speaks_and_both_hold_what_is_typed(visit: Visit, snippet: str) -> None:
    visitor = visit(snippet + snippet.replace("<helpline-chat", "<helpline-chat position='left'"))
    chats = [visitor.page.locator("helpline-chat").nth(number) for number in (0, 1)]
    for chat in chats:
        chat.locator(".launcher").click()
    for one, other in (chats, reversed(chats)):
        one.locator("textarea").fill("half a")
        expect(other.locator("textarea")).to_have_value("half a")
        one.locator("textarea").press_sequentially(" sentence")
        expect(other.locator("textarea")).to_have_value("half a sentence")
        for region in (".log", ".status"):
            expect(one.locator(region)).to_have_attribute("aria-live", "polite")
            expect(other.locator(region)).to_have_attribute("aria-live", "off")


def test_an_element_that_comes_later_and_goes(visit: Visit, snippet: str) -> None:
    visitor = visit(snippet)
    visitor.launcher.wait_for()
    visitor.page.evaluate("document.querySelector('helpline-chat').remove()")
    visitor.page.evaluate("document.body.append(document.createElement('helpline-chat'))")
    visitor.open().say("what is myoclonus").hears()

    expect(visitor.mine).to_have_count(1)


HOSTILE = """<style>
    html { --top: 90px; --high: 50px; }
    html { font-size: 40px; letter-spacing: 1em; line-height: 3; text-align: right; --ink: red; --accent: red; }
    * { color: red !important; background: lime !important; font: 33px cursive !important; margin: 1em !important;
        box-sizing: content-box !important; text-transform: uppercase !important; transition: all 9s !important; }
    helpline-chat, button, dialog { display: none !important; opacity: .1 !important; pointer-events: none;
        transform: rotate(40deg) !important; }
    .panel, .root, .launcher, .entry, .me, .log { display: none !important; position: static !important; }
    dialog, textarea { width: 3px !important; border: 9px solid red !important; }
</style>"""
# Every computed value of every element inside, and where it is. The links of the page are the page's own to style.
LOOKS = """() => [...document.querySelector("helpline-chat").shadowRoot.querySelectorAll(".launcher, .panel, .panel *")]
    .map((element) => {
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        const values = [...style].filter((name) => !name.startsWith("--")).map((name) => name + ":" + style[name]);
        const place = [box.x, box.y, box.width, box.height].map(Math.round);
        return [element.localName + "." + element.className, ...place, ...values];
    })"""


def test_the_hosts_styles_do_not_get_in(visit: Visit, snippet: str) -> None:
    looks = []
    for head in ("", HOSTILE):
        visitor = visit(snippet, head)
        visitor.open().page.wait_for_timeout(400)
        looks.append(visitor.page.evaluate(LOOKS))

    plain, hostile = looks
    for one, other in zip(plain, hostile, strict=True):
        assert [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == [], one[0]


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone_without_a_visual_viewport_neither(
    context: BrowserContext,
    visit: Visit,
    snippet: str,
    viewport: ViewportSize,
) -> None:
    """There only the sheet says how high the panel is, with properties that a website may use for itself too."""
    context.add_init_script("delete window.visualViewport")
    visitor = visit(snippet, HOSTILE)
    visitor.launcher.evaluate("launcher => launcher.click()")

    expect(visitor.panel).to_have_js_property("offsetHeight", viewport["height"])


def test_the_sites_shortcuts_hear_nothing_of_what_is_typed(guest: Visitor) -> None:
    guest.page.evaluate(
        """() => { window.heard = []; for (const name of ["keydown", "keypress", "keyup"])
            document.addEventListener(name, (event) => { window.heard.push(event.key); event.preventDefault(); }); }"""
    )
    guest.open().field.press_sequentially("help? ")

    expect(guest.field).to_have_value("help? ")
    assert guest.page.evaluate("window.heard") == []


def test_the_widgets_styles_do_not_get_out(visit: Visit, snippet: str) -> None:
    body = "<main><h2>Words</h2><button class='launcher'>Go</button><p class='label'>more</p></main>"
    look = """() => [...document.querySelectorAll("main, main *")].map(
        (element) => [...getComputedStyle(element)].map((name) => getComputedStyle(element)[name]).join())"""
    plain = visit(body).page.evaluate(look)
    visitor = visit(body + snippet)
    visitor.page.locator("helpline-chat .launcher").wait_for()

    assert visitor.page.evaluate(look) == plain


def test_a_website_that_is_not_allowed_still_has_the_numbers(
    context: BrowserContext, website: Website, snippet: str
) -> None:
    url = website.show(snippet).replace(website.url, website.unknown)
    visitor = Visitor(context.new_page(), url).arrive().open().say("hello")

    expect(visitor.failures).to_contain_text(DEFAULTS["HELPLINE_NUMBER"])


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param("delete Crypto.prototype.randomUUID", id="no randomUUID (a page without https)"),
        pytest.param(
            "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('', 'SecurityError'); }})",
            id="no storage",
        ),
        pytest.param("delete window.visualViewport", id="no visual viewport"),
    ],
)
def test_what_a_browser_may_lack(guest: Visitor, missing: str) -> None:
    guest.page.add_init_script(missing)
    guest.arrive().open().say("what is myoclonus").hears()

    expect(guest.replies.first).to_contain_text("article")


@pytest.mark.parametrize("missing", ["delete Document.prototype.adoptedStyleSheets", "delete window.HTMLDialogElement"])
def test_a_browser_that_is_too_old_keeps_the_links(guest: Visitor, missing: str) -> None:
    guest.page.add_init_script(missing)
    guest.arrive()
    guest.page.wait_for_load_state("networkidle")

    expect(guest.launcher).to_have_count(0)
    assert [link.get_attribute("href") for link in guest.page.get_by_role("link").all()] == LINKS
