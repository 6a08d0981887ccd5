"""axe-core finds nothing: in each state of the chat, wide and on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ViewportSize, expect

from frontdesk.refusals import body as refusal
from tests.browser.axe import SCHEMES, everything, findings
from tests.browser.conftest import VIEWPORTS, Shoot, Visitor
from tests.real_parts import FrontDesk


@VIEWPORTS
@SCHEMES
def test_axe_finds_nothing(
    guest: Visitor, desk: FrontDesk, shoot: Shoot, viewport: ViewportSize, options: dict[str, Any]
) -> None:
    assert findings(guest.page) == []
    guest.open()
    assert findings(guest.page) == []
    everything(guest)
    assert findings(guest.page) == []
    shoot(guest.page, f"all-{options['color_scheme']}")
    with desk.hung():
        guest.say("what is myoclonus")
        expect(guest.page.get_by_role("status")).to_have_text("Writing")
        assert findings(guest.page) == []


SAFETY = {
    "replies": [{"text": "Call 911, 988 or us.", "kind": "safety", "buttons": []}],
    "helpline": {},
    "stored": True,
}
STATES: dict[str, Callable[[Visitor], object]] = {
    "safety": lambda visitor: visitor.gets(SAFETY).open().say("hello").hears(),
    "refusal": lambda visitor: visitor.gets(refusal("rate"), 429).open().say("hello").hears(),
    "too long": lambda visitor: visitor.open().say("w" * 10_001),
    "forgotten": lambda visitor: visitor.open().page.get_by_role("button", name="Forget this chat").click(),
    "shift": lambda visitor: visitor.open().page.keyboard.press("Shift"),
    "left": lambda visitor: visitor.attribute("position", "left").open(),
}


@VIEWPORTS
@pytest.mark.parametrize("reach", STATES.values(), ids=STATES.keys())
def test_axe_finds_nothing_in_the_other_states(
    guest: Visitor, reach: Callable[[Visitor], object], viewport: ViewportSize
) -> None:
    reach(guest)

    assert findings(guest.page) == []


@VIEWPORTS
@SCHEMES
def test_axe_finds_nothing_on_the_home_page(
    home: Visitor, shoot: Shoot, viewport: ViewportSize, options: dict[str, Any]
) -> None:
    assert findings(home.page) == []
    shoot(home.page, f"home-{options['color_scheme']}", full_page=True)
