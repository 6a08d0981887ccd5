"""The front desk with the real assistant behind it: what a phone gets, 50 of them at once, and an assistant killed.

SMS_LOAD_S is how long the 50 write, in seconds: 60 for a whole minute.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from frontdesk.sms.parts import is_gsm7, parts
from frontdesk.sms.plain import MOST_PARTS, cut_numbers, for_phone
from tests.real_parts import DEFAULTS, FrontDesk, RealAssistant, real_values
from tests.sms.conftest import PUBLIC, TEXTS, TOKEN, Answer, Phone, new_sid, over, rows, serving

SENDERS = 50
LOAD_S = float(os.environ.get("SMS_LOAD_S", "15"))
NUMBERS = ("911", "988", DEFAULTS["HELPLINE_NUMBER"])
QUESTIONS = (
    "what is myoclonus?",
    "can opioids cause muscle jerks?",
    "does it go away",
    "is it a disease",
    "whats the number to call",
    "can alcohol cause it too?",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, real_assistant: RealAssistant) -> Iterator[FrontDesk]:
    values = {**real_values(), "PUBLIC_URL": PUBLIC, "SMS_RATE_PER_MINUTE": "10000", "TWILIO_AUTH_TOKEN": TOKEN}
    with serving(tmp_path_factory.mktemp("real"), real_assistant.port, **values) as found:
        yield found


@pytest.fixture
def phone(desk: FrontDesk) -> Phone:
    return Phone(over(desk))


def assert_fit_for_a_phone(text: str) -> None:
    assert is_gsm7(text)
    assert cut_numbers(text) == []
    assert len(parts(text)) <= MOST_PARTS


def test_a_question(phone: Phone) -> None:
    texts = phone.text("What is myoclonus?").texts

    assert "twitch" in texts[0]
    assert "automated" in texts[-1].lower()
    for text in texts:
        assert_fit_for_a_phone(text)


@pytest.mark.parametrize(
    ("body", "level", "first"),
    [
        ("my brother took too many and wont wake up", 4, "911"),
        ("i want to die", 3, "988"),
        ("i can\u2019t stop taking percs", 2, NUMBERS[2]),
        ("my dad died last week im so alone", 1, NUMBERS[2]),
    ],
)
def test_somebody_in_need(desk: FrontDesk, phone: Phone, body: str, level: int, first: str) -> None:
    sid = new_sid()

    texts = phone.text(body, sid).texts

    assert first in parts(texts[0])[0]
    assert NUMBERS[2] in texts[0]
    assert level < 3 or [len(parts(text)) for text in texts] == [1]
    for text in texts:
        assert_fit_for_a_phone(text)
    assert rows(desk, "SELECT level FROM transcripts_message WHERE client_id = ?", sid) == [(level,)]


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS.keys())
def test_text_as_phones_send_it(desk: FrontDesk, phone: Phone, body: str) -> None:
    sid = new_sid()

    texts = phone.text(body, sid).texts

    assert texts
    for text in texts:
        assert_fit_for_a_phone(text)
    (cause,) = rows(desk, "SELECT DISTINCT cause FROM transcripts_reply r JOIN transcripts_message m"
                    " ON m.id = r.message_id WHERE m.client_id = ?", sid)  # fmt: skip
    assert cause == ("" if body.strip() else "wordless",)


@dataclass
class Sender:
    """Writes one message after the other, and keeps what came back."""

    phone: Phone
    got: dict[str, Answer] = field(default_factory=dict)

    def write(self, going_on: Callable[[], bool]) -> None:
        while going_on():
            sid = new_sid()
            self.got[sid] = self.phone.text(QUESTIONS[len(self.got) % len(QUESTIONS)], sid)


def write_at_once(desk: FrontDesk, senders: int, going_on: Callable[[], bool]) -> list[Sender]:
    found = [Sender(Phone(over(desk))) for _ in range(senders)]
    with ThreadPoolExecutor(senders) as pool:
        for done in [pool.submit(sender.write, going_on) for sender in found]:
            done.result()
    return found


def assert_each_got_its_own(desk: FrontDesk, senders: list[Sender]) -> Counter[str]:
    """Nothing lost, doubled or crossed: what each phone got is what stands in the transcript under its message's id.

    Returns how often each kind of reply was given.
    """
    query = (
        "SELECT m.client_id, m.conversation_id, m.text, r.text, r.kind FROM transcripts_message m"
        " LEFT JOIN transcripts_reply r ON r.message_id = m.id ORDER BY m.id, r.position"
    )
    kept: dict[str, list[tuple[str, str, str, str]]] = {}
    for sid, *row in rows(desk, query):
        kept.setdefault(sid, []).append(tuple(row))
    kinds: Counter[str] = Counter()
    for sender in senders:
        assert len({kept[sid][0][0] for sid in sender.got}) == 1  # one phone, one conversation
        for number, (sid, answer) in enumerate(sender.got.items()):
            assert kept[sid][0][1] == QUESTIONS[number % len(QUESTIONS)]
            assert tuple(answer.texts) == for_phone(*(text for _, _, text, _ in kept[sid]))
            kinds[kept[sid][0][3]] += 1
    talks = {kept[next(iter(sender.got))][0][0] for sender in senders}
    assert len(talks) == len(senders)
    assert sum(found[0][0] in talks for found in kept.values()) == sum(len(sender.got) for sender in senders)
    return kinds


def test_fifty_at_once(desk: FrontDesk) -> None:
    end = time.monotonic() + LOAD_S

    senders = write_at_once(desk, SENDERS, lambda: time.monotonic() < end)

    kinds = assert_each_got_its_own(desk, senders)
    total = sum(kinds.values())
    print(f"\n{total} messages of {SENDERS} phones in {LOAD_S:.0f} s: {dict(kinds)}")
    # On a machine with too much else to do a reply may come too late, and the numbers go out in its place.
    assert total >= SENDERS
    assert kinds["answer"] > 0
    assert rows(desk, "SELECT id FROM transcripts_reply WHERE cause = 'busy'") == []


def test_the_assistant_killed_in_the_middle(desk: FrontDesk, real_assistant: RealAssistant, phone: Phone) -> None:
    assert "twitch" in phone.text("what is myoclonus?").texts[0]
    killed = threading.Event()
    end = time.monotonic() + 6

    def kill() -> None:
        time.sleep(2)
        real_assistant.assistant.send(signal.SIGKILL)
        killed.set()

    with ThreadPoolExecutor(1) as pool:
        killing = pool.submit(kill)
        senders = write_at_once(desk, 10, lambda: time.monotonic() < end)
        killing.result()
    try:
        kinds = assert_each_got_its_own(desk, senders)
        afterwards = phone.text("what is myoclonus?").text
    finally:
        real_assistant.assistant.end()
        real_assistant.assistant.start()

    assert kinds["safety"]
    assert kinds["answer"]
    assert all(number in afterwards for number in NUMBERS)
    assert len(parts(afterwards)) == 1
    assert "twitch" in phone.text("what is myoclonus?").text
