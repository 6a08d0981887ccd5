"""One conversation at a time, in order; the others do not wait."""

from __future__ import annotations

import threading
import time
from uuid import uuid4

from frontdesk.exchange.turnstile import Turnstile


def in_a_moment(seconds: float = 0.05) -> float:
    return time.monotonic() + seconds


def test_the_first_does_not_wait_and_the_second_does() -> None:
    turnstile, conversation = Turnstile(), uuid4()

    with turnstile.queue(conversation) as first, turnstile.queue(conversation) as second:
        assert first.wait(in_a_moment())
        assert not second.wait(in_a_moment())
    assert len(turnstile) == 0


def test_another_conversation_does_not_wait() -> None:
    turnstile = Turnstile()

    with turnstile.queue(uuid4()), turnstile.queue(uuid4()) as other:
        assert other.wait(in_a_moment())


def test_who_gives_up_holds_nobody_up() -> None:
    turnstile, conversation = Turnstile(), uuid4()

    with turnstile.queue(conversation):
        with turnstile.queue(conversation) as impatient:
            assert not impatient.wait(in_a_moment())
        with turnstile.queue(conversation) as next_one:
            assert not next_one.wait(in_a_moment())
    assert len(turnstile) == 0


def test_an_error_gives_the_place_up() -> None:
    turnstile, conversation = Turnstile(), uuid4()

    try:
        with turnstile.queue(conversation):
            raise RuntimeError
    except RuntimeError:
        pass
    with turnstile.queue(conversation) as place:
        assert place.wait(in_a_moment())


def test_ten_threads_leave_in_the_order_they_came() -> None:
    turnstile, conversation = Turnstile(), uuid4()
    left: list[int] = []

    def pass_through(number: int, taken: threading.Event) -> None:
        with turnstile.queue(conversation) as place:
            taken.set()
            assert place.wait(in_a_moment(10))
            left.append(number)

    threads = []
    with turnstile.queue(conversation):
        for number in range(10):
            taken = threading.Event()
            threads.append(threading.Thread(target=pass_through, args=(number, taken)))
            threads[-1].start()
            assert taken.wait(5)
    for thread in threads:
        thread.join()

    assert left == list(range(10))
