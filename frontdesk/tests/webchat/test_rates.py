"""A key may use its whole minute at once and gets it back evenly."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.webchat import rates
from frontdesk.webchat.rates import Buckets


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rates, "time", clock)
    return clock


def test_the_minute_comes_back_evenly(clock: Clock) -> None:
    buckets = Buckets()
    assert [buckets.take("a", 2) for _ in range(3)] == [0, 0, 30]
    clock.now += 29
    assert buckets.take("a", 2) == pytest.approx(1)
    clock.now += 1
    assert buckets.take("a", 2) == 0
    clock.now += 3600
    assert [buckets.take("a", 2) for _ in range(3)] == [0, 0, 30]


def test_keys_are_apart(clock: Clock) -> None:
    buckets = Buckets()
    assert [buckets.take(key, 1) for key in "abab"] == [0, 0, 60, 60]


def test_the_oldest_keys_are_forgotten(clock: Clock) -> None:
    buckets = Buckets(most_keys=2)
    assert [buckets.take(key, 1) for key in "abca"] == [0, 0, 0, 0]
    assert buckets.take("c", 1) == 60


@given(st.integers(1, 60), st.lists(st.floats(0, 5), max_size=60))
def test_never_more_than_a_minutes_worth_and_what_comes_back(per_minute: int, pauses: list[float]) -> None:
    clock, buckets, allowed = Clock(), Buckets(), 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rates, "time", clock)
        for pause in pauses:
            clock.now += pause
            allowed += buckets.take("a", per_minute) == 0

    assert allowed <= per_minute + sum(pauses) * per_minute / 60 + 1e-6


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_connection_is_its_whole_network(address: str, network: str) -> None:
    assert rates._network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
