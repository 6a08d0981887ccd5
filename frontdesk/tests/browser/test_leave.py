"""Leaving quickly: blank at once, somewhere harmless, and no way back to the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import FLAGS, FOUND, NEUTRAL, PHONE, VIEWPORTS, WIDE, Visitor, Website
from tests.real_parts import FrontDesk


def shift_three_times(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.page.keyboard.press("Shift")


def press_the_button(visitor: Visitor) -> None:
    visitor.leave.click()


WAYS = pytest.mark.parametrize(
    "go", [pytest.param(press_the_button, id="button"), pytest.param(shift_three_times, id="shift")]
)


@VIEWPORTS
@WAYS
def test_leaving_and_going_back(
    guest: Visitor, website: Website, go: Callable[[Visitor], None], viewport: ViewportSize
) -> None:
    page = guest.page
    page.goto(f"{website.url}/before")
    guest.arrive().open().say("i want to die").hears()

    go(guest)

    page.wait_for_url(NEUTRAL)
    expect(page).to_have_title("Weather")
    page.go_back()
    expect(page).to_have_title("Before")
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
    page.goto(guest.url)
    guest.open()
    expect(guest.mine).to_have_count(0)


@pytest.mark.parametrize(
    ("viewport", "go"),
    [
        pytest.param(WIDE, press_the_button, id="wide-button"),
        pytest.param(WIDE, shift_three_times, id="wide-shift"),
        pytest.param(PHONE, press_the_button, id="phone-button"),
    ],
)
def test_the_page_is_blank_before_the_other_one_is_asked_for(
    guest: Visitor, viewport: ViewportSize, go: Callable[[Visitor], None]
) -> None:
    guest.open().say("hello").hears()
    guest.page.evaluate(
        """() => navigation.addEventListener("navigate", (event) => console.log("leaves", event.navigationType,
            JSON.stringify([document.documentElement.textContent, document.title, sessionStorage.length])))"""
    )
    with guest.page.expect_console_message(lambda message: message.text.startswith("leaves")) as leaving:
        go(guest)

    assert leaving.value.text == 'leaves replace ["","",0]'


def test_leaving_while_an_answer_is_under_way_keeps_nothing(guest: Visitor, desk: FrontDesk, website: Website) -> None:
    guest.page.goto(f"{website.url}/before")
    guest.arrive().open().say("hello").hears()
    with desk.hung():
        guest.say("i want to die")
        expect(guest.mine).to_have_count(2)
        guest.leave.click()
        guest.page.wait_for_url(NEUTRAL)

    guest.page.go_back()
    expect(guest.page).to_have_title("Before")
    assert guest.page.evaluate("sessionStorage.length") == 0


@pytest.fixture
def keeping(browser: Browser, website: Website) -> Iterator[Page]:
    """In a browser that keeps whole pages for Back, as people's browsers do and Playwright's otherwise doesn't."""
    flag = "--disable-back-forward-cache"
    launched = browser.browser_type.launch(executable_path=FOUND, args=[*FLAGS], ignore_default_args=[flag])
    page = launched.new_page()
    page.route(NEUTRAL, lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    yield page
    launched.close()


@pytest.mark.parametrize("forgets", [pytest.param(True, id="left"), pytest.param(False, id="only read on")])
def test_a_page_that_the_browser_kept_whole_knows_only_what_the_tab_knows(
    keeping: Page, snippet: str, website: Website, forgets: bool
) -> None:
    """The chat on one page of a website, left on another: Back brings the first one as it was, talk and all."""
    first = Visitor(keeping, website.show(snippet)).arrive().open().say("i want to die").hears()
    keeping.evaluate("addEventListener('pageshow', (event) => { window.whole = event.persisted; })")
    second = Visitor(keeping, website.show(snippet)).arrive().open()
    if forgets:
        second.leave.click()
        keeping.wait_for_url(NEUTRAL)
    keeping.evaluate("history.back()")
    keeping.wait_for_function("window.whole")

    assert keeping.url == first.url
    expect(first.mine).to_have_count(0 if forgets else 1)
    assert (first.kept() is None) is forgets


def test_the_site_may_not_ask_whether_one_really_wants_to_go(guest: Visitor) -> None:
    guest.page.evaluate("addEventListener('beforeunload', (event) => event.preventDefault())")
    guest.open().say("hello").hears()

    guest.leave.click()

    expect(guest.page).to_have_url(NEUTRAL)


def test_shift_says_how_often(guest: Visitor) -> None:
    guest.open()
    guest.page.keyboard.press("Shift")

    expect(guest.page.get_by_role("status")).to_have_text("Shift: 2 more to leave")


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(["Shift+I", "Shift+A", "Shift+M", "Shift+Q"], id="capitals"),
        pytest.param(["Shift", "Shift", "a", "Shift"], id="a letter between"),
        pytest.param(["Shift+Tab", "Shift+Tab", "Shift+Tab"], id="going back by keyboard"),
        pytest.param(["Shift", "Shift"], id="twice"),
    ],
)
def test_other_keys_do_not_leave(guest: Visitor, keys: list[str]) -> None:
    guest.open()
    for key in keys:
        guest.page.keyboard.press(key)

    expect(guest.panel).to_be_visible()
    assert guest.page.url == guest.url


def test_a_page_whose_chat_was_not_used_is_left_alone(guest: Visitor) -> None:
    shift_three_times(guest)

    expect(guest.launcher).to_be_visible()
    assert guest.page.url == guest.url
