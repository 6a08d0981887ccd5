"""What axe-core says of a page, and a talk with all there is to say it of."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# Rules of WCAG 2.2 AA and of good practice that axe leaves out until it is asked.
MORE = ("target-size", "landmark-complementary-is-top-level", "identical-links-same-purpose")
RUN_AXE = """([only, more]) => axe.run(document, only.length ? {runOnly: only}
    : {rules: Object.fromEntries(more.map((rule) => [rule, {enabled: true}]))}).then((found) => found.violations.map(
    (each) => each.id + ": " + each.nodes.map(
        (node) => node.target.flat().join(" ") + " " + node.failureSummary).join("; ")))"""

SCHEMES = pytest.mark.parametrize(
    "options", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"]
)


def still(page: Page) -> None:
    """Waits until nothing moves but what moves for ever."""
    page.wait_for_function(
        """() => [...document.querySelectorAll("helpline-chat")].flatMap((chat) => chat.shadowRoot.getAnimations())
            .every((each) => each.effect.getTiming().iterations == Infinity || each.playState == "finished")"""
    )


def findings(page: Page, *only: str) -> list[str]:
    """What axe finds in the page as it is: every rule it has, best practices too."""
    still(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE, [list(only), list(MORE)])
    return found


def everything(visitor: Visitor) -> None:
    """A talk with every kind of entry in it."""
    visitor.say("Can alcohol withdrawal cause myoclonus?").hears(2)
    visitor.say("i cant stop taking percs").hears(3)
    visitor.say("my brother took too many and wont wake up").hears(4)
    visitor.say("i want to die").hears(5)
    visitor.page.route("**/chat/message", lambda route: route.abort(), times=1)
    visitor.say("hello").hears(6)
