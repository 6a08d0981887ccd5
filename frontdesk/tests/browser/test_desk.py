"""The coordinators' desk in a real browser: an emergency comes in and is found, read and corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.axe import findings
from tests.browser.conftest import WIDE, Shoot
from tests.browser.staff import Member, behave, identity, new_administrator, text_message, write
from tests.fake_assistant import FakeAssistant
from tests.real_parts import FrontDesk, real_values
from tests.sms.conftest import TOKEN

# A phone in its narrowest use: WCAG 2.2, 1.4.10.
NARROW = {"width": 320, "height": 640}
EVIL = (
    '=<img src=x onerror="alert(1)"> =HYPERLINK("http://evil.example") i cant stop taking </p><script>alert(2)</script>'
)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDesk]:
    assistant = FakeAssistant()
    assistant.behave = behave
    folder = tmp_path_factory.mktemp("desk")
    values = {
        **real_values(),
        "TRACKER_DATABASE_URL": f"sqlite:///{folder / 't.sqlite3'}",
        "TWILIO_AUTH_TOKEN": TOKEN,
        "DESK_SECOND_FACTOR": "on",
        "DESK_NONE_PERCENT": "100",
    }
    found = FrontDesk(folder, assistant.port, values)
    assert found.command("migrate").returncode == 0
    found.start()
    yield found
    found.end()
    assistant.close()


Staff = Callable[..., Member]


@pytest.fixture
def staff(browser: Browser, front: FrontDesk, options: dict[str, Any]) -> Iterator[Staff]:
    """Opens a browser for a member of staff. No script may fail, and nothing may be asked of anybody else."""
    opened: list[BrowserContext] = []
    problems: list[str] = []

    def arrive(name: str, password: str) -> Member:
        context = browser.new_context(**{"viewport": WIDE, **options})
        context.set_default_timeout(30_000)  # on a machine that is busy with other things too
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("dialog", lambda dialog: problems.append(dialog.message))
        context.on(
            "console", lambda message: problems.append(message.text) if "Content Security" in message.text else None
        )
        context.route(lambda url: not url.startswith(front.url), lambda route: problems.append(route.request.url))
        opened.append(context)
        return Member(context.new_page(), front, name, password)

    yield arrive
    for context in opened:
        context.close()
    assert problems == []


@pytest.fixture
def ada(staff: Staff, front: FrontDesk) -> Member:
    """An administrator at the list. The command also gives a new password, and forgets the second factor."""
    return staff("ada", new_administrator(front, "ada")).log_in().set_up_codes()


def test_an_emergency_is_found_read_corrected_and_leaves_its_trace(ada: Member, front: FrontDesk, shoot: Shoot) -> None:
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("Waiting for a reader")
    write(front, "what is myoclonus")
    write(front, "i am so alone with this")
    write(front, "my brother took too many and wont wake up")
    text_message(front, "she took all her pills, she wont wake up")
    expect(ada.status).to_contain_text("New: ", timeout=15_000)
    expect(ada.rows).to_have_count(4)
    expect(ada.rows.nth(0)).to_contain_text("emergency")
    expect(ada.rows.nth(0)).to_contain_text("SMS")
    expect(ada.rows.nth(1)).to_contain_text("Web")
    shoot(ada.page, "desk-list")

    ada.press("j", "j", "k", "Enter")
    expect(ada.page.locator("mark")).to_have_text("wont wake up [overdose]")
    expect(ada.page.locator(".reply")).to_contain_text("Call 911 now")
    ada.page.get_by_text("Correct …").click()
    ada.page.get_by_label("Level").select_option("crisis")
    ada.page.get_by_label("Reason").fill("She is awake by now, as the next message says.")
    ada.page.get_by_role("button", name="Correct", exact=True).click()
    expect(ada.page.locator(".correction")).to_contain_text("Corrected by ada")
    expect(ada.page.locator(".correction")).to_contain_text("level crisis")
    ada.page.get_by_label("Note", exact=True).fill("Call back if she writes again.")
    ada.page.get_by_role("button", name="Keep the note").click()
    shoot(ada.page, "desk-conversation")

    ada.press("j")
    expect(ada.page.locator(".said")).to_contain_text("my brother")
    ada.press("r")
    expect(ada.page.locator(".said")).to_contain_text("so alone")
    ada.press("u")
    expect(ada.rows).to_have_count(3)
    ada.go("audit")
    log = ada.page.locator("tbody")
    for words in ("read the conversation", "corrected a message", "wrote a note", "reviewed", "second factor"):
        expect(log).to_contain_text(words)
    for words in ("wont wake", "awake by now", "Call back"):
        expect(log).not_to_contain_text(words)
    shoot(ada.page, "desk-audit")

    rows = csv.DictReader(io.StringIO(ada.download("export/messages.csv?show=all&channel=sms")))
    assert [(row["level"], row["verdict"], row["corrected_level"]) for row in rows] == [
        ("emergency", "corrected", "crisis")
    ]
    ada.go("audit?action=export")
    expect(log).to_contain_text("messages.csv, 1 conversations")
    ada.go("figures")
    expect(ada.page.locator("section", has=ada.page.locator("#agreement"))).to_contain_text("emergency")
    shoot(ada.page, "desk-figures")


def test_a_row_keeps_the_focus_while_the_list_renews_itself(ada: Member, front: FrontDesk) -> None:
    write(front, "i want to die")
    ada.go("?level=crisis").press("j")
    before = ada.page.evaluate("document.activeElement.closest('tr').id")
    write(front, "i really want to die")

    expect(ada.status).to_contain_text("New: 1 conversation", timeout=15_000)
    assert ada.page.evaluate("document.activeElement.closest('tr').id") == before


def test_a_list_that_is_no_longer_renewed_says_so(ada: Member, front: FrontDesk) -> None:
    news = "**/desk/news?*"
    ada.page.route(news, lambda route: route.abort())
    expect(ada.status).to_contain_text("The front desk does not answer. This is the list of ", timeout=15_000)
    ada.page.unroute(news)
    expect(ada.status).not_to_contain_text("does not answer", timeout=15_000)


@pytest.mark.parametrize("address", ["", "/print"])
def test_no_words_stay_on_the_screen_once_the_session_has_ended(ada: Member, front: FrontDesk, address: str) -> None:
    write(front, "i want to die")
    ada.go("?level=crisis").press("j", "Enter")
    ada.page.clock.install()
    ada.page.goto(ada.page.url.split("?")[0] + address)
    expect(ada.page.get_by_text("i want to die").first).to_be_visible()
    ada.page.clock.run_for("02:00")
    with ada.page.expect_request("**/desk/here"):
        ada.press("x")
    ada.page.clock.run_for("29:00")
    expect(ada.page.get_by_text("i want to die").first).to_be_visible()

    ada.page.context.clear_cookies()
    ada.page.clock.run_for("02:00")
    ada.page.wait_for_url("**/desk/login?next=*")
    expect(ada.page.get_by_text("i want to die")).to_have_count(0)


def test_r_in_the_list_leads_to_the_review_and_not_past_the_words(ada: Member, front: FrontDesk) -> None:
    write(front, "i cant stop taking percs")
    ada.go("?level=addiction").press("j", "r")

    expect(ada.page.locator(".said")).to_contain_text("percs")
    expect(ada.page.get_by_role("button", name="Reviewed, and on")).to_be_focused()
    ada.press("r")
    expect(ada.page.locator(".nothing")).to_have_text("Nothing here is waiting.")


def test_what_people_write_stays_text(ada: Member, front: FrontDesk) -> None:
    write(front, EVIL)
    ada.go("?level=addiction").press("j", "Enter")

    expect(ada.page.locator(".said .text")).to_contain_text('=<img src=x onerror="alert(1)"> =HYPERLINK')
    assert ada.page.locator(".said img").count() == 0
    (row,) = csv.DictReader(io.StringIO(ada.download("export/messages.csv?show=all&text=hyperlink")))
    assert row["text"] == f"'{EVIL}"


def test_an_erased_conversation_is_gone(ada: Member, front: FrontDesk) -> None:
    write(front, "i want to die, and my parrot is called Bartholomew")
    ada.go("?show=all&text=bartholomew").press("j", "Enter")
    ada.page.get_by_role("link", name="Erase").click()
    ada.page.get_by_role("button", name="Erase it for good").click()

    ada.go("?show=all&text=bartholomew")
    expect(ada.page.locator(".nothing")).to_be_visible()
    assert "Bartholomew" not in ada.download("export/messages.jsonl?show=all")
    ada.go("audit?action=erase")
    expect(ada.page.locator("tbody tr")).to_have_count(1)


def test_a_coordinator_gets_nowhere_their_role_forbids(ada: Member, staff: Staff) -> None:
    password = ada.password_of_new("cleo", "coordinator")
    cleo = staff("cleo", password).log_in().set_up_codes()

    expect(cleo.page.get_by_role("link", name="Conversations")).to_be_visible()
    for words in ("Audit log", "People", "Export"):
        expect(cleo.page.get_by_role("link", name=words)).to_have_count(0)
    for address in ("audit", "people", "export", "export/messages.csv", "print"):
        cleo.go(address)
        expect(cleo.page.get_by_role("heading", level=1)).to_have_text("Not allowed")
    ada.go("audit?action=denied")
    expect(ada.page.locator("tbody")).to_contain_text("cleo")


def sound(member: Member, what: str) -> None:
    """Nothing for axe to find, and no way to the side."""
    assert findings(member.page) == [], what
    width, room = member.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room, what


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": NARROW}, {"forced_colors": "active"}],
    ids=["light", "dark", "narrow", "forced colours"],
)
def test_axe_finds_nothing(staff: Staff, front: FrontDesk, shoot: Shoot, options: dict[str, Any]) -> None:
    write(front, "my brother took too many and wont wake up")
    ada = staff("ada", new_administrator(front, "ada"))
    name = "-".join(str(each) for each in options.values() if isinstance(each, str))
    ada.page.goto(ada.url)
    sound(ada, "login")
    ada.log_in()
    sound(ada, "second factor")
    shoot(ada.page, f"desk-second-factor-{name}")
    ada.set_up_codes()
    ada.page.wait_for_url(ada.url)
    ada.go("?level=emergency&show=all").press("j", "Enter")
    ada.page.wait_for_url("**/conversations/*")
    talk = f"conversations/{identity(ada.page.url)}"
    for address in (
        "",
        "?show=all&channel=web&level=emergency",
        "?show=all&text=nowhere",
        "people",
        "audit",
        "password",
        "export",
        "print?show=all",
        "figures",
        "keeping",
        f"{talk}/print",
        f"{talk}/erase",
        "nowhere",
    ):
        sound(ada.go(address), address)
    ada.go(talk)
    ada.page.get_by_text("Correct …").first.click()
    sound(ada, "a conversation")
    shoot(ada.page, f"desk-conversation-{name}")
