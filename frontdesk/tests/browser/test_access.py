"""Whoever uses it, however they do: screen reader, keyboard, zoom, colours, motion, Spanish."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.axe import SCHEMES, everything, findings, still
from tests.browser.conftest import PHONE, WIDE, Shoot, Visitor, Website
from tests.real_parts import FrontDesk

COLORS = [
    "black",
    "white",
    "#777",
    "yellow",
    "#ff69b4",
    "#0000ff",
    "rgb(0 128 0 / 40%)",
    "oklch(70% 0.2 200)",
    "color(display-p3 1 0.5 0)",
    "transparent",
    "no colour",
    "",
    "red; background: white",
]


@SCHEMES
def test_any_colour_can_be_read(guest: Visitor, options: dict[str, Any]) -> None:
    everything(guest.open())
    for color in COLORS:
        guest.page.evaluate("color => document.querySelector('helpline-chat').setAttribute('color', color)", color)
        assert findings(guest.page, "color-contrast") == [], color
        expect(guest.mine).to_have_count(5)


def test_the_colour_asked_for_is_the_colour_got(guest: Visitor, shoot: Shoot) -> None:
    guest.page.evaluate("document.querySelector('helpline-chat').setAttribute('color', '#ffb000')")
    guest.open()

    header = guest.panel.locator("header")
    assert header.evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]") == [
        "rgb(255, 176, 0)",
        "rgb(0, 0, 0)",
    ]
    shoot(guest.page, "colour")


def test_by_keyboard_alone(guest: Visitor, desk: FrontDesk) -> None:
    keyboard = guest.page.keyboard
    for _ in range(5):  # four links of the page, then the chat
        keyboard.press("Tab")
    assert "launcher" in guest.focused()
    keyboard.press("Enter")
    expect(guest.field).to_be_focused()
    keyboard.type("i want to die")
    keyboard.press("Enter")
    guest.hears()
    expect(guest.field).to_be_focused()
    guest.page.get_by_role("button", name="Yes, I am").wait_for()
    for _ in range(4):  # back over two links to the two choices
        keyboard.press("Shift+Tab")
    keyboard.press("Tab")
    keyboard.press("Shift+Tab")
    assert "choice" in guest.focused()
    keyboard.press("Enter")
    guest.hears(2)
    expect(guest.mine).to_have_count(2)
    expect(guest.field).to_be_focused()
    keyboard.type("two")
    keyboard.press("Shift+Enter")
    keyboard.type("lines")
    expect(guest.field).to_have_value("two\nlines")
    keyboard.press("Escape")

    expect(guest.panel).to_be_hidden()
    expect(guest.launcher).to_be_focused()


@pytest.mark.parametrize("viewport", [PHONE])
def test_by_keyboard_alone_on_a_phone(guest: Visitor, viewport: ViewportSize) -> None:
    """A small screen may have a keyboard too; what came is read first, so the focus waits at the top or in the log."""
    keyboard = guest.page.keyboard

    def go_to(part: str, key: str = "Tab") -> None:
        for _ in range(20):
            if part in guest.focused():
                return
            keyboard.press(key)
        pytest.fail(f"no way to {part} with {key}")

    go_to("launcher")
    keyboard.press("Enter")
    assert guest.focused() == "title"
    go_to("field")
    keyboard.type("i want to die")
    keyboard.press("Enter")
    guest.hears()
    go_to("choice", "Shift+Tab")
    keyboard.press("Enter")
    guest.hears(2)
    expect(guest.mine).to_have_count(2)
    assert guest.focused() == "log"
    keyboard.press("Escape")

    expect(guest.panel).to_be_hidden()
    expect(guest.launcher).to_be_focused()


@pytest.mark.parametrize("viewport", [PHONE])
def test_on_a_phone_the_chat_is_the_whole_screen_and_keeps_the_focus(guest: Visitor, viewport: ViewportSize) -> None:
    guest.open()
    still(guest.page)

    assert guest.panel.bounding_box() == {"x": 0, "y": 0, **viewport}
    assert guest.focused() == "title"
    for _ in range(20):
        guest.page.keyboard.press("Tab")
        assert guest.page.evaluate("document.activeElement.localName") in ("helpline-chat", "body")
    guest.page.keyboard.press("Escape")
    expect(guest.panel).to_be_hidden()
    expect(guest.launcher).to_be_focused()
    guest.open().page.get_by_role("button", name="Close the chat").click()
    expect(guest.launcher).to_be_focused()


def test_a_window_that_is_made_small_and_wide_again_loses_nothing(guest: Visitor) -> None:
    guest.open().field.fill("half a")
    guest.page.set_viewport_size(PHONE)
    expect(guest.panel).to_have_js_property("offsetWidth", PHONE["width"])
    expect(guest.field).to_be_focused()
    guest.page.set_viewport_size(WIDE)
    expect(guest.panel).not_to_have_js_property("offsetWidth", WIDE["width"])

    expect(guest.field).to_be_focused()
    expect(guest.field).to_have_value("half a")
    expect(guest.launcher).to_be_hidden()


def test_a_chat_in_the_page_keeps_what_is_typed_when_the_window_becomes_small(home: Visitor) -> None:
    home.field.fill("half a")
    for size in (PHONE, WIDE):
        home.page.set_viewport_size(size)
        expect(home.launcher).to_be_hidden()
        expect(home.field).to_be_focused()
        expect(home.field).to_have_value("half a")


ATTRIBUTES = pytest.mark.parametrize(
    ("name", "value"), [("color", "purple"), ("heading", "Ask"), ("lang", "en"), ("position", "left")]
)


@ATTRIBUTES
def test_a_changed_attribute_leaves_the_focus_to_the_page(guest: Visitor, name: str, value: str) -> None:
    guest.open().page.evaluate("document.body.prepend(document.createElement('input'))")
    outside = guest.page.locator("body > input")
    outside.focus()
    guest.attribute(name, value)

    expect(outside).to_be_focused()
    expect(guest.panel).to_be_visible()


@ATTRIBUTES
def test_a_changed_attribute_leaves_the_focus_in_the_chat(guest: Visitor, name: str, value: str) -> None:
    guest.open().field.fill("half a")
    guest.attribute(name, value)

    expect(guest.field).to_be_focused()
    expect(guest.field).to_have_value("half a")


ZOOMED = {
    "above the keyboard of a phone": {"width": 375, "height": 300},
    "200 % of a wide window": {"width": 640, "height": 430},
    "400 % of a wide window": {"width": 320, "height": 256},
    "200 % of a phone": {"width": 195, "height": 380},
}


@pytest.mark.parametrize("viewport", ZOOMED.values(), ids=ZOOMED.keys())
@pytest.mark.parametrize("options", [{"device_scale_factor": 2}], ids=[""])
def test_zoomed_in_nothing_is_cut_off(
    guest: Visitor, viewport: ViewportSize, options: dict[str, Any], shoot: Shoot
) -> None:
    guest.open().say("my brother took too many and wont wake up").hears()
    shoot(guest.page, f"zoom-{viewport['width']}")
    guest.field.focus()
    for each in (guest.leave, guest.page.locator(".phones a").first):
        expect(each).to_be_in_viewport(ratio=1)
    expect(guest.field).to_be_in_viewport(ratio=0.5)
    shoot(guest.page, f"zoom-{viewport['width']}-typing")

    for part in (
        guest.leave,
        guest.field,
        guest.page.get_by_role("button", name="Send"),
        guest.page.locator(".emergency .act").first,
    ):
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= viewport["width"]
        expect(part).to_be_in_viewport()
    sideways = "e => e.scrollWidth - e.clientWidth"
    assert guest.panel.evaluate(sideways) == 0
    assert guest.log.evaluate(sideways) == 0


@pytest.mark.parametrize("options", [{"forced_colors": "active"}], ids=[""])
def test_forced_colours(guest: Visitor, options: dict[str, Any], shoot: Shoot) -> None:
    """Where backgrounds are taken away, borders have to say what is a button and what is an emergency."""
    everything(guest.open())
    guest.page.locator(".emergency").scroll_into_view_if_needed()
    shoot(guest.page, "forced-colours")

    for each in guest.panel.locator("button:not(.close):not(.forget), .act, .entry").all():
        assert each.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 1
    assert guest.page.locator(".emergency").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert findings(guest.page) == []


MOVING = "document.querySelector('helpline-chat').shadowRoot.getAnimations().length"


@pytest.mark.parametrize(
    ("options", "moves"),
    [({"reduced_motion": "reduce"}, False), ({"reduced_motion": "no-preference"}, True)],
    ids=["reduced", "any"],
)
def test_motion(guest: Visitor, desk: FrontDesk, options: dict[str, Any], moves: bool) -> None:
    guest.open().say("hello").hears()
    with desk.hung():
        guest.say("what is myoclonus")
        expect(guest.page.get_by_role("status")).to_have_text("Writing")
        assert bool(guest.page.evaluate(MOVING)) is moves


def test_in_spanish(website: Website, guest: Visitor, desk: FrontDesk, shoot: Shoot) -> None:
    guest.page.evaluate(
        "document.documentElement.lang = 'es-MX'; document.querySelector('helpline-chat').setAttribute('heading', '')"
    )
    guest.open()
    field = guest.page.get_by_label("Su mensaje")
    field.fill("what is myoclonus")
    field.press("Enter")
    guest.hears()
    assert guest.page.locator(".root").get_attribute("lang") == "es"
    assert guest.replies.first.locator("p").first.get_attribute("lang") == "en"
    field.fill("Can alcohol withdrawal cause myoclonus?")
    field.press("Enter")
    expect(guest.page.locator(".source span")).to_have_attribute("lang", "en")
    field.fill("i want to die")
    field.press("Enter")
    crisis = guest.page.locator(".crisis").last
    for button in ("Not right now", "Text 988"):  # said by the server, in English
        expect(crisis.locator(".acts > *", has_text=button)).to_have_attribute("lang", "en")
    said = guest.page.locator(".entry:not(.me):not(.intro)").count()
    guest.page.route("**/chat/message", lambda route: route.abort(), times=1)
    guest.page.get_by_label("Su mensaje").fill("no puedo dormir")
    guest.page.get_by_label("Su mensaje").press("Enter")
    expect(guest.failures).to_contain_text("Ahora no hay respuesta")
    guest.page.get_by_role("button", name="Enviar otra vez").click()
    expect(guest.failures).to_have_count(0)
    guest.hears(said + 1)
    assert guest.replies.last.locator("p").last.get_attribute("lang") in ("es", "en")
    assert findings(guest.page) == []
    shoot(guest.page, "spanish")


def test_nothing_is_a_tooltip(guest: Visitor) -> None:
    guest.page.evaluate("document.querySelector('helpline-chat').setAttribute('heading', 'Ask Michael')")
    guest.open()

    expect(guest.page.get_by_role("dialog", name="Ask Michael")).to_be_visible()
    assert guest.page.locator("[title]").count() == 0
