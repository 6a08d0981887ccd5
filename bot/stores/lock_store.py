"""One turn at a time per conversation.

Rasa's RedisLockStore reads, changes and writes its tickets in three steps: with two workers 29 of 160 bursts lost a
turn. Redis's own
atomic lock (redis-py) lost none in 360 (docs/decisions). Without Redis the lock is asyncio's, for one process.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.settings import settings

HELD_AT_MOST_S = 30
"""A worker that died in mid-turn lets the conversation go after this."""
WAIT_AT_MOST_S = 10
"""The front desk has answered by itself long before."""


class HelplineLockStore(LockStore):
    """Named in endpoints.yml. `endpoint_config` is what Rasa passes; the address comes from REDIS_URL."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, redis_url: str | None = None) -> None:
        address = settings().redis_url if redis_url is None else redis_url
        self._redis: Redis[bytes] | None = Redis.from_url(address, socket_timeout=5) if address else None
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = HELD_AT_MOST_S, wait_time_in_seconds: float = 1
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation. Rasa's LockError when it is not free within WAIT_AT_MOST_S, or Redis is away."""
        held: Any = (
            self._redis.lock(f"lock:{conversation_id}", timeout=HELD_AT_MOST_S, sleep=0.02)
            if self._redis
            else self._local(conversation_id)
        )
        try:
            await asyncio.wait_for(held.acquire(), WAIT_AT_MOST_S)
        except (asyncio.TimeoutError, RedisError, OSError) as error:
            raise LockError(f"conversation not free: {type(error).__name__}") from error
        try:
            yield TicketLock(conversation_id)
        finally:
            await self._release(held)

    def _local(self, conversation_id: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation_id, asyncio.Lock())

    @staticmethod
    async def _release(held: Any) -> None:
        """A Redis lock that ran out was taken by another: nothing of ours is left to give back."""
        try:
            released = held.release()
            if released is not None:
                await released
        except RedisError:
            return
