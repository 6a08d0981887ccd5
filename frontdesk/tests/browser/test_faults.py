"""Server slow, away or answering nonsense: the numbers within 8 s, the words kept, nothing sent twice."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
import uuid
from contextlib import closing
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from playwright.sync_api import Route, ViewportSize, expect

from frontdesk.refusals import body as refusal
from tests.browser.conftest import VIEWPORTS, Shoot, Visitor, Website
from tests.real_parts import DEFAULTS, FrontDesk, RealAssistant
from tests.settings import GIVEN

WITHIN_MS = 8000
TEXT = "what is myoclonus"
LINKS = ["tel:911", "tel:988", "sms:988", f"tel:+1{DEFAULTS['HELPLINE_NUMBER'].replace('-', '')}"]
# The browser's own time from each message until its failure is shown.
STOPWATCH = """() => {
    const log = document.querySelector("helpline-chat").shadowRoot.querySelector(".log"), sent = [];
    window.took = [];
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
        if (node.matches(".me")) sent.push(performance.now());
        if (node.matches(".failure")) window.took.push(performance.now() - sent[window.took.length]);
    }))).observe(log, {childList: true});
}"""


def stored(desk: FrontDesk, client_id: str) -> int:
    """How often a message stands in the transcripts."""
    path = desk.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        count: int = database.execute(
            "SELECT count(*) FROM transcripts_message WHERE client_id = ?", [client_id]
        ).fetchone()[0]
    return count


def expect_numbers(visitor: Visitor, number: str = DEFAULTS["HELPLINE_NUMBER"]) -> None:
    for each in ("911", "988", number):
        expect(visitor.failures.last.locator("p").nth(1)).to_contain_text(each)
    links = visitor.failures.last.locator(".act").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    assert links == LINKS


@VIEWPORTS
def test_the_server_is_killed_in_mid_talk_and_comes_back(
    guest: Visitor, desk: FrontDesk, shoot: Shoot, viewport: ViewportSize
) -> None:
    guest.open().say("hello").hears(2)
    desk.stop(signal.SIGKILL)
    try:
        guest.say(TEXT)
        expect(guest.failures).to_be_visible(timeout=WITHIN_MS)
        expect_numbers(guest)
        expect(guest.mine.last).to_contain_text(TEXT)
        shoot(guest.page, "away")
        guest.again.click()
        expect(guest.failures).to_have_count(1)
    finally:
        desk.start()
    expect(guest.again).to_be_visible()

    guest.again.click()
    guest.hears(3)

    expect(guest.failures).to_have_count(0)
    expect(guest.mine).to_have_count(2)
    expect(guest.replies.last).to_contain_text("article")
    assert len({each["id"] for each in guest.sent if each["text"] == TEXT}) == 1
    assert len({each["session"] for each in guest.sent}) == 1
    assert stored(desk, guest.sent[-1]["id"]) == 1


def test_an_answer_that_got_lost_is_fetched_and_the_message_not_sent_twice(guest: Visitor, desk: FrontDesk) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    guest.page.route("**/chat/message", lose, times=1)
    guest.open().say(TEXT)
    expect(guest.failures).to_be_visible()
    guest.again.click()
    guest.hears()

    expect(guest.failures).to_have_count(0)
    assert guest.sent[0]["id"] == guest.sent[1]["id"]
    assert stored(desk, guest.sent[0]["id"]) == 1


def test_a_server_that_never_answers(guest: Visitor, desk: FrontDesk, shoot: Shoot) -> None:
    guest.open()
    with desk.hung():
        guest.page.evaluate(STOPWATCH)
        guest.say(TEXT)
        expect(guest.page.get_by_role("status")).to_have_text("Writing")
        shoot(guest.page, "typing")
        expect(guest.failures).to_be_visible(timeout=WITHIN_MS + 2000)
        expect_numbers(guest)
        expect(guest.page.get_by_role("status")).to_have_text("")
    guest.again.click()
    guest.hears()

    assert guest.page.evaluate("window.took")[0] < WITHIN_MS
    expect(guest.failures).to_have_count(0)
    assert stored(desk, guest.sent[-1]["id"]) == 1


def test_the_next_message_does_not_wait_longer(guest: Visitor, desk: FrontDesk) -> None:
    """Sent when the first one's time is nearly over: it must not start with the session's whole time again."""
    guest.open()
    with desk.hung():
        guest.page.evaluate(STOPWATCH)
        guest.say(TEXT)
        guest.page.wait_for_timeout(6700)
        guest.say("is it a disease")
        expect(guest.failures).to_have_count(2, timeout=WITHIN_MS + 2000)

    assert [took for took in guest.page.evaluate("window.took") if took >= WITHIN_MS] == []


def test_without_a_connection(guest: Visitor) -> None:
    guest.open().page.context.set_offline(True)
    guest.say(TEXT)
    expect(guest.failures).to_be_visible()
    expect_numbers(guest)
    guest.page.context.set_offline(False)
    guest.again.click()
    guest.hears()

    expect(guest.failures).to_have_count(0)
    expect(guest.mine).to_have_count(1)


def test_an_assistant_that_hangs(guest: Visitor, real_assistant: RealAssistant, shoot: Shoot) -> None:
    """The front desk's own reply, and the message, which it has stored, can be asked again as a new one."""
    with real_assistant.assistant.hung():
        guest.open().say(TEXT)
        expect(guest.page.locator(".safety")).to_be_visible(timeout=WITHIN_MS)
        shoot(guest.page, "safety")
    guest.again.click()
    guest.hears(2)

    expect(guest.mine).to_have_count(2)
    assert guest.sent[0]["id"] != guest.sent[1]["id"]


def answered(**changes: Any) -> tuple[str, int]:  # noqa: ANN401
    return json.dumps({"replies": [], "helpline": {}, "stored": True, **changes}), 200


REPLY = {"text": f"Call 911, 988 or {DEFAULTS['HELPLINE_NUMBER']}.", "kind": "safety", "buttons": []}
NONSENSE = {
    "no JSON": ("<html>Bad gateway</html>", 502),
    "empty": ("", 200),
    "null": ("null", 200),
    "a list": ("[]", 200),
    "nothing in it": ("{}", 200),
    "no reply": answered(),
    "replies no list": answered(replies="hello"),
    "a reply without text": answered(replies=[{"kind": "answer", "buttons": []}]),
    "a reply of null": answered(replies=[None]),
    "a refusal of somebody else": ('{"detail": "no"}', 403),
    "not stored": answered(replies=[REPLY], stored=False),
}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense(guest: Visitor, answer: tuple[str, int]) -> None:
    guest.gets(*answer).open().say(TEXT)

    expect(guest.failures).to_have_count(1)
    expect_numbers(guest)
    expect(guest.again).to_be_visible()
    assert len(guest.sent) == 1


def test_a_refusal_is_said_in_the_servers_words(guest: Visitor) -> None:
    guest.gets(refusal("rate"), 429).open().say(TEXT)

    expect(guest.failures).to_contain_text("That was a lot of messages at once.")
    expect_numbers(guest, "212-555-0147")


class LongAgo(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - int(DEFAULTS["SESSION_HOURS"]) * 3600 - 60)


def expired() -> str:
    """A session of this front desk, properly signed, a minute too old."""
    return LongAgo(key=GIVEN["SECRET_KEY"], salt="frontdesk.webchat.session").sign(uuid.uuid4().hex)


@pytest.mark.parametrize(
    ("session", "code"),
    [
        pytest.param("gone", "session_invalid", id="forged"),
        pytest.param(7, "session_invalid", id="no text"),
        pytest.param(expired(), "session_expired", id="expired"),
    ],
)
def test_a_session_that_is_over_is_replaced_without_losing_the_text(guest: Visitor, session: object, code: str) -> None:
    guest.open().say("hello").hears(2)
    guest.page.evaluate(
        """session => { const kept = JSON.parse(sessionStorage.getItem("helpline-chat"));
        sessionStorage.setItem("helpline-chat", JSON.stringify({...kept, session})); }""",
        session,
    )
    refusals: list[str] = []
    guest.page.on("response", lambda found: refusals.append(found.json()["error"]) if found.status == 401 else None)
    guest.page.reload()
    guest.open().say(TEXT).hears(3)

    expect(guest.failures).to_have_count(0)
    old, new = guest.sent[-2:]
    assert old["session"] == session != new["session"]
    assert refusals == [code]
    assert old["id"] == new["id"]
    assert new["text"] == TEXT


def test_a_page_left_before_the_answer_came_can_send_again(guest: Visitor, desk: FrontDesk, website: Website) -> None:
    guest.open().say("hello").hears()
    with desk.hung():
        guest.say(TEXT)
        expect(guest.mine).to_have_count(2)
        guest.page.goto(f"{website.url}/before")
    guest.arrive().open().again.click()
    guest.hears(3)

    expect(guest.mine).to_have_count(2)
    assert guest.sent[1]["id"] == guest.sent[-1]["id"]
    assert stored(desk, guest.sent[-1]["id"]) == 1


def test_the_first_message_has_a_conversation_before_it_goes(guest: Visitor, desk: FrontDesk) -> None:
    """Stored, and the page reloaded before the answer came: sent again it must not open a second conversation."""
    arrived: list[int] = []
    guest.page.route("**/chat/message", lambda route: arrived.append(route.fetch().status), times=1)
    guest.open().say(TEXT)
    while not arrived:
        guest.page.wait_for_timeout(50)
    guest.page.reload()
    guest.open().again.click()
    guest.hears()

    expect(guest.mine).to_have_count(1)
    assert guest.sent[0] == guest.sent[1]
    assert stored(desk, guest.sent[0]["id"]) == 1


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        "7",
        '{"entries": 5, "waiting": []}',
        '{"entries": [null], "waiting": []}',
        '{"entries": [], "waiting": []}',
    ],
)
def test_whatever_the_storage_holds_the_chat_works(guest: Visitor, kept: str) -> None:
    guest.page.evaluate("kept => sessionStorage.setItem('helpline-chat', kept)", kept)
    guest.page.reload()
    expect(guest.open().field).to_have_value("")
    guest.say(TEXT).hears()

    expect(guest.mine).to_have_count(1)
