"""Whoever asked first has it first, and who gave up is not waited for."""

from __future__ import annotations

import threading
import time

from frontdesk.transcripts.line import Line


def test_in_the_order_it_was_asked_for() -> None:
    line, had = Line(), []
    assert line.take(1)

    def wait(number: int) -> None:
        assert line.take(5)
        had.append(number)
        line.leave()

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(5)]
    for ahead, thread in enumerate(threads):
        thread.start()
        until_waiting(line, ahead + 1)
    line.leave()
    for thread in threads:
        thread.join()

    assert had == [0, 1, 2, 3, 4]
    assert line.take(0)


def test_who_gave_up_is_passed_over() -> None:
    line = Line()
    assert line.take(1)

    assert not line.take(0.01)
    line.leave()

    assert line.take(0)


def until_waiting(line: Line, count: int) -> None:
    end = time.monotonic() + 5
    while len(line._waiting) < count:
        assert time.monotonic() < end
        time.sleep(0.001)
