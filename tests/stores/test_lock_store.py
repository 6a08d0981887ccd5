"""One turn at a time in a conversation, in the order they came; conversations do not wait for each other."""

from __future__ import annotations

import asyncio

import pytest
from rasa.core.lock_store import LockError

from bot.stores import lock_store
from bot.stores.lock_store import HelplineLockStore

TURNS = 10


@pytest.fixture(params=["local", "redis"])
def address(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "local" else request.getfixturevalue("redis_url")


async def ten_turns(stores: list[HelplineLockStore]) -> tuple[list[int], int]:
    """The turns in the order they ran, and how many ran at once at most."""
    ran: list[int] = []
    inside = most = 0

    async def turn(number: int) -> None:
        nonlocal inside, most
        async with stores[number % len(stores)].lock("conversation"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            ran.append(number)
            inside -= 1

    await asyncio.gather(*(turn(number) for number in range(TURNS)))
    return ran, most


def test_ten_turns_at_once_run_one_by_one_and_none_is_lost(address: str) -> None:
    ran, most = asyncio.run(ten_turns([HelplineLockStore(redis_url=address)]))
    assert most == 1
    assert sorted(ran) == list(range(TURNS))


def test_ten_turns_at_once_keep_their_order() -> None:
    ran, _ = asyncio.run(ten_turns([HelplineLockStore(redis_url="")]))
    assert ran == list(range(TURNS))


def test_two_workers_share_a_lock(redis_url: str) -> None:
    ran, most = asyncio.run(ten_turns([HelplineLockStore(redis_url=redis_url) for _ in range(2)]))
    assert most == 1
    assert sorted(ran) == list(range(TURNS))


def test_another_conversation_does_not_wait(address: str) -> None:
    async def both() -> None:
        store = HelplineLockStore(redis_url=address)
        async with store.lock("one"), store.lock("two"):
            pass

    asyncio.run(asyncio.wait_for(both(), 5))


def test_a_turn_that_fails_lets_the_conversation_go(address: str) -> None:
    async def twice() -> None:
        store = HelplineLockStore(redis_url=address)
        with pytest.raises(RuntimeError):
            async with store.lock("conversation"):
                raise RuntimeError
        async with store.lock("conversation"):
            pass

    asyncio.run(asyncio.wait_for(twice(), 5))


def test_a_conversation_that_is_never_free_is_an_error(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_store, "WAIT_AT_MOST_S", 0.1)

    async def second() -> None:
        store = HelplineLockStore(redis_url=address)
        async with store.lock("conversation"):
            with pytest.raises(LockError, match="not free"):
                async with store.lock("conversation"):
                    pass

    asyncio.run(second())


def test_a_redis_that_is_away_is_an_error() -> None:
    async def away() -> None:
        with pytest.raises(LockError, match="ConnectionError"):
            async with HelplineLockStore(redis_url="redis://127.0.0.1:1/0").lock("conversation"):
                pass

    asyncio.run(away())


def test_a_lock_that_ran_out_is_left_to_who_has_it_now(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_store, "HELD_AT_MOST_S", 0.05)

    async def slow() -> None:
        async with HelplineLockStore(redis_url=redis_url).lock("conversation"):
            await asyncio.sleep(0.2)

    asyncio.run(slow())


def test_locks_nobody_holds_are_forgotten() -> None:
    store = HelplineLockStore(redis_url="")

    async def many() -> None:
        for number in range(50):
            async with store.lock(f"conversation {number}"):
                pass

    asyncio.run(many())
    assert len(store._locks) == 0
