"""How long the desk's pages take, asked for as a browser does but without a network."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from frontdesk.accounts.models import User
from frontdesk.desk.models import State
from frontdesk.invented.fill import RARE_WORDS
from frontdesk.transcripts.levels import Channel, Level, Subject
from frontdesk.transcripts.models import Conversation

# Issue 6: with 100,000 conversations and 1,000,000 messages.
GOALS_MS = {"list": 200.0, "filter": 200.0, "search": 200.0, "transcript": 100.0}
NEXT_PAGE = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')
PAGES_DOWN = 3


@dataclass(frozen=True)
class Timed:
    """All requests of one kind, in milliseconds, sorted. `slowest` is the address with the highest median."""

    kind: str
    milliseconds: tuple[float, ...]
    slowest: str

    def percentile(self, share: float) -> float:
        return self.milliseconds[min(len(self.milliseconds) - 1, int(share * len(self.milliseconds)))]

    @property
    def met(self) -> bool:
        return self.percentile(0.95) <= GOALS_MS[self.kind]


def measure(user: User, rounds: int) -> Iterator[Timed]:
    """Asks for every address `rounds` times, in turn, after once to get warm."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    kinds = {"list": _lists(client), "filter": _filters(), "search": _searches(), "transcript": _transcripts(rounds)}
    for kind, addresses in kinds.items():
        took: dict[str, list[float]] = {address: [] for address in addresses}
        for each in range(rounds + 1):
            for address in addresses:
                milliseconds = _ask(client, address)
                if each:
                    took[address].append(milliseconds)
        slowest = max(took, key=lambda address: sorted(took[address])[rounds // 2])
        yield Timed(kind, tuple(sorted(each for times in took.values() for each in times)), slowest)


def _ask(client: Client, address: str) -> float:
    start = time.perf_counter()
    response = client.get(address)
    took = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return took


def _lists(client: Client) -> list[str]:
    """The first pages of both orders, and some further down."""
    found = []
    for query in ({}, {"order": "latest"}, {"show": "all"}, {"show": "all", "order": "latest"}):
        address = f"{reverse('desk')}?{urlencode(query)}"
        for _ in range(PAGES_DOWN):
            found.append(address)
            following = NEXT_PAGE.search(client.get(address).content.decode())
            if following is None:
                break
            address = following[1].replace("&amp;", "&")
            address = f"{reverse('desk')}{address}" if address.startswith("?") else address
    return found


def _filters() -> list[str]:
    given: list[dict[str, str]] = [
        *({"level": level.label} for level in Level),
        *({"channel": channel} for channel in Channel.values),
        *({"subject": subject} for subject in Subject.values),
        *({"state": state} for state in State.values),
        {"signal": "overdose"},
        {"signal": "hopelessness", "channel": "sms", "subject": "self"},
        {"latest": "crisis"},
        {"handoff": "yes"},
        {"safety": "yes"},
        {"assignee": "me"},
        {"assignee": "nobody"},
        {"level": "emergency", "channel": "sms", "state": "second_look"},
        {"since": "2020-01-01", "until": "2020-01-31"},
    ]
    return [_address({"show": "all", **each}) for each in given]


def _searches() -> list[str]:
    rare = random.Random(1).sample(range(RARE_WORDS), 4)  # noqa: S311 (no secret)
    common = ["pain", "the pain", "pills night", '"lower the dose"', "medic", "nothing like it"]
    found = [{"show": "all", "text": text} for text in [*(f"rare{number}" for number in rare), *common]]
    return [_address(each) for each in [*found, {"show": "all", "text": "pain", "level": "emergency"}]]


def _transcripts(rounds: int) -> list[str]:
    ids = list(Conversation.objects.order_by("-last_message_at").values_list("pk", flat=True)[: 100 * rounds])
    chosen = random.Random(1).sample(ids, min(len(ids), 20))  # noqa: S311 (no secret)
    return [reverse("conversation", args=[each]) for each in chosen]


def _address(query: dict[str, str]) -> str:
    return f"{reverse('desk')}?{urlencode(query)}"
