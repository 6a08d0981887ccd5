"""A line on standard error now and then, so that a long step is seen to be alive."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T")
EVERY_S = 10.0


def counted(title: str, things: Iterable[T], total: int | None = None) -> Iterator[T]:
    """`things`, one by one, telling how many are done and how long it has taken."""
    total = total if total is not None else len(things) if isinstance(things, Sized) else None
    of = f" of {total}" if total is not None else ""
    began = last = time.monotonic()
    count = 0
    for count, thing in enumerate(things, 1):
        yield thing
        if time.monotonic() - last >= EVERY_S:
            last = time.monotonic()
            _say(f"{title}: {count}{of} ({last - began:.0f} s)")
    _say(f"{title}: {count} done in {time.monotonic() - began:.0f} s")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
