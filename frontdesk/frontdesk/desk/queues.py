"""What waits for somebody and is not at the top of the list, or not in it at all."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.accounts.models import User
from frontdesk.desk.filters import Filters
from frontdesk.desk.models import State

# A conversation in which the assistant failed may be anything: its level is none, or that of what was said before.
FILTERS = {
    "with a safety reply": Filters(safety="yes"),
    "for your second reading": Filters(second="me"),
    "needing a second look": Filters(state=State.SECOND_LOOK.value),
}
# Counting further would only take time.
MOST = 1000


@dataclass(frozen=True)
class Queue:
    """`query` is the filter that finds them, `count` how many there are, MOST at most."""

    words: str
    query: str
    count: int


def queues(user: User) -> list[Queue]:
    """Those with anything in them."""
    counts = {words: filters.conversations(user)[:MOST].count() for words, filters in FILTERS.items()}
    return [Queue(words, FILTERS[words].query(), count) for words, count in counts.items() if count]
