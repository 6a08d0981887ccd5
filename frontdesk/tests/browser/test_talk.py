"""The talk itself: what a visitor asks, what they get, and what their browser keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import VIEWPORTS, Shoot, Visitor
from tests.real_parts import DEFAULTS

NUMBER = DEFAULTS["HELPLINE_NUMBER"]
TEL = f"tel:+1{NUMBER.replace('-', '')}"
OVERDOSE = "my brother took too many and wont wake up"


@VIEWPORTS
def test_the_main_talk(guest: Visitor, viewport: ViewportSize, shoot: Shoot) -> None:
    shoot(guest.page, "closed")
    guest.open()
    shoot(guest.page, "open")
    guest.say("Can alcohol withdrawal cause myoclonus?").hears(2)

    expect(guest.mine).to_have_count(1)
    expect(guest.replies.first).to_contain_text("article")
    expect(guest.page.locator(".source")).to_have_text("Source: Kojovic et al., 2011.")
    expect(guest.replies.first.locator("p").nth(0)).not_to_contain_text("Kojovic")
    guest.say("i cant stop taking percs").hears(3)

    expect(guest.page.locator(".handoff")).to_be_visible()
    assert guest.page.locator(".handoff .act").last.get_attribute("href") == TEL
    shoot(guest.page, "talk")


@VIEWPORTS
def test_the_numbers_need_no_server(guest: Visitor, viewport: ViewportSize) -> None:
    guest.open()

    links = [link.get_attribute("href") for link in guest.page.locator(".phones a").all()]
    assert links == ["tel:911", "tel:988", "sms:988", TEL]
    assert guest.sent == []


@VIEWPORTS
def test_an_emergency_looks_like_one(guest: Visitor, viewport: ViewportSize, shoot: Shoot) -> None:
    guest.open().say(OVERDOSE).hears()

    emergency = guest.page.locator(".emergency")
    expect(emergency).to_be_visible()
    expect(emergency.locator(".label")).to_have_text("Emergency")
    shoot(guest.page, "emergency")
    expect(emergency).to_contain_text("naloxone")
    call = emergency.get_by_role("link", name="Call 911")
    assert call.get_attribute("href") == "tel:911"
    expect(call).to_be_in_viewport()


@pytest.mark.parametrize("style", ["borderTopColor", "borderTopWidth", "backgroundColor"])
def test_an_emergency_is_not_taken_for_an_answer(guest: Visitor, style: str) -> None:
    guest.open().say("what is myoclonus").hears().say(OVERDOSE)

    looks = f"element => getComputedStyle(element).{style}"
    assert guest.page.locator(".emergency").evaluate(looks) != guest.page.locator(".answer").first.evaluate(looks)


def test_a_crisis_asks_and_the_answer_is_one_click(guest: Visitor, shoot: Shoot) -> None:
    guest.open().say("i want to die").hears()
    crisis = guest.page.locator(".crisis")
    expect(crisis.get_by_role("link", name="Text 988")).to_have_attribute("href", "sms:988")
    shoot(guest.page, "crisis")

    crisis.get_by_role("button", name="Not right now").click()

    expect(guest.mine.last).to_contain_text("No, not right now")
    expect(crisis.first.get_by_role("button")).to_have_count(0)
    expect(crisis.first.get_by_role("link", name="Text 988")).to_be_visible()
    expect(guest.field).to_be_focused()
    assert guest.sent[1]["seen"] == guest.sent[0]["id"]


def test_the_first_questions_are_buttons_and_are_understood(home: Visitor, shoot: Shoot) -> None:
    starters = home.page.locator(".intro").get_by_role("button")
    first, *others = starters.all_inner_texts()
    starters.first.click()
    home.hears(2)
    shoot(home.page, "home-answer")

    expect(home.mine).to_contain_text(first)
    expect(starters).to_have_count(0)
    for count, text in enumerate(others, 3):
        home.say(text).hears(count)
    expect(home.page.locator(".unsure, .safety")).to_have_count(0)


def quick_reply(visitor: Visitor) -> None:
    visitor.say("i want to die").hears()
    visitor.field.fill(HALF)
    visitor.page.get_by_role("button", name="Not right now").click()
    visitor.hears(2)


def starter(visitor: Visitor) -> None:
    visitor.field.fill(HALF)
    visitor.log.get_by_role("button").first.click()
    visitor.hears(2)


def send_again(visitor: Visitor) -> None:
    visitor.page.route("**/chat/message", lambda route: route.abort(), times=1)
    visitor.say("what is myoclonus")
    expect(visitor.failures).to_be_visible()
    visitor.field.fill(HALF)
    visitor.again.click()
    visitor.replies.first.wait_for()


HALF = "I have not told anybody, but"


@pytest.mark.parametrize("press", [quick_reply, starter, send_again])
def test_a_button_leaves_what_is_half_typed(guest: Visitor, press: Callable[[Visitor], None]) -> None:
    guest.open()
    press(guest)

    expect(guest.field).to_have_value(HALF)
    assert guest.kept()["draft"] == HALF


@pytest.mark.parametrize(
    ("lang", "label", "said"),
    [
        pytest.param("en", "Your message", "longer than 10,000 characters", id="English"),
        pytest.param("es", "Su mensaje", "más de 10 000 caracteres", id="Spanish"),
    ],
)
def test_what_is_too_long_is_not_cut(guest: Visitor, lang: str, label: str, said: str, shoot: Shoot) -> None:
    """A browser cuts a longer paste at `maxlength` and says nothing: the end of a goodbye letter would be gone."""
    text = "w" * 10_001
    guest.attribute("lang", lang).open()
    field = guest.page.get_by_label(label)
    field.fill(text)
    field.press("Enter")

    expect(guest.page.get_by_role("status")).to_contain_text(said)
    expect(field).to_have_value(text)
    shoot(guest.page, f"too-long-{lang}")
    assert guest.sent == []
    field.fill(text[1:])
    expect(guest.page.get_by_role("status")).to_have_text("")
    field.press("Enter")
    expect(guest.mine).to_have_text(re.compile("w{10000}"))


@VIEWPORTS
def test_a_double_click_sends_once(guest: Visitor, viewport: ViewportSize) -> None:
    guest.open().field.fill("what is myoclonus")
    guest.page.get_by_role("button", name="Send", exact=True).dblclick()
    guest.hears()

    expect(guest.mine).to_have_count(1)
    assert len(guest.sent) == 1


def test_messages_sent_in_a_hurry_are_answered_in_order(guest: Visitor) -> None:
    """The next one goes when the one before is answered, or after a second: it must not overtake it on the way."""
    texts = ["hi", "what is myoclonus", "is it a disease"]
    guest.open()
    guest.page.evaluate(
        """() => { const real = window.fetch; window.times = []; window.fetch = (...asked) => {
            const at = {sent: performance.now()};
            if (asked[0].endsWith("/chat/message")) window.times.push(at);
            return real(...asked).finally(() => { at.done = performance.now(); });
        }; }"""
    )
    for text in texts:
        guest.say(text)
    expect(guest.mine).to_have_count(3)
    guest.hears(4)

    assert [each["text"] for each in guest.sent] == texts
    assert len({each["session"] for each in guest.sent}) == 1
    times = guest.page.evaluate("window.times")
    for one, following in pairwise(times):
        assert following["sent"] >= min(one["done"], one["sent"] + 900)


def test_each_reply_is_announced_once(guest: Visitor) -> None:
    """A screen reader speaks what is added to a live region: the reply is added to one, once, and never again."""
    guest.open()
    guest.page.evaluate(
        """() => {
            window.spoken = [];
            const root = document.querySelector("helpline-chat").shadowRoot;
            for (const region of root.querySelectorAll("[role=log], [role=status], [role=alert], [aria-live]"))
                new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(
                    (node) => window.spoken.push(node.textContent)))).observe(region, {childList: true, subtree: true});
        }"""
    )
    guest.say("what is myoclonus").hears()
    guest.say("is it a disease").hears(3)

    spoken = guest.page.evaluate("window.spoken")
    for reply in guest.replies.all():
        words = reply.locator("p").first.inner_text()
        assert len([each for each in spoken if words in each]) == 1


def test_the_talk_lasts_as_long_as_the_tab(guest: Visitor) -> None:
    guest.open().say("what is myoclonus").hears()
    guest.field.fill("half a sent")
    said = guest.log.inner_text()
    guest.page.reload()
    guest.open()

    assert guest.log.inner_text() == said
    expect(guest.field).to_have_value("half a sent")
    assert guest.page.evaluate("localStorage.length") == 0
    assert guest.page.context.cookies() == []


def test_another_tab_knows_nothing(guest: Visitor) -> None:
    guest.open().say("what is myoclonus").hears()
    other = Visitor(guest.page.context.new_page(), guest.url).arrive().open()

    expect(other.mine).to_have_count(0)


def test_forgetting_is_a_choice(guest: Visitor) -> None:
    guest.open().say("what is myoclonus").hears()
    guest.page.get_by_role("button", name="Forget this chat").click()

    expect(guest.mine).to_have_count(0)
    expect(guest.replies).to_have_count(0)
    expect(guest.page.get_by_role("status")).to_have_text("Forgotten in this browser.")
    expect(guest.field).to_be_focused()
    assert guest.kept() is None or guest.kept()["session"] is None
    guest.say("is it a disease").hears()
    assert guest.sent[1]["session"] != guest.sent[0]["session"]
    assert guest.sent[1]["seen"] is None


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing_is_not_sent(guest: Visitor, text: str) -> None:
    guest.open().say(text)

    expect(guest.mine).to_have_count(0)


def test_words_are_never_markup(guest: Visitor) -> None:
    guest.open().say("<img src=x onerror=alert(1)> & <b>bold</b>").hears()

    expect(guest.mine).to_contain_text("<img src=x onerror=alert(1)> & <b>bold</b>")
    assert guest.mine.locator("img, b").count() == 0


def test_ids_are_random_uuids(guest: Visitor) -> None:
    guest.open().say("hi").hears()

    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guest.sent[0]["id"])
