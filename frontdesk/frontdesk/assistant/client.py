"""Asks the assistant over loopback, within a deadline that holds for the whole exchange.

A timeout of an HTTP library counts from the last byte, so an assistant that hangs halfway through its answer could
keep a person waiting far longer. The exchange therefore runs on one event loop of its own thread, where a deadline
cancels it wherever it is.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import asdict, dataclass
from functools import cache

import httpx
from django.conf import settings

from frontdesk.assistant.answer import Answer, AssistantFailed, read, read_assessment
from frontdesk.transcripts.levels import Cause

# "503: the turn could not be kept, ask again": once, after a moment, if the deadline allows.
ASK_AGAIN_AFTER_S = 0.2
LARGEST_ANSWER = 1_000_000


@dataclass(frozen=True)
class Question:
    """What the assistant is asked: a redacted text, and the last message whose reply the person saw."""

    conversation: str
    channel: str
    message: str
    text: str
    seen: str | None


def ask(question: Question, deadline: float) -> Answer:
    """The assistant's answer by `deadline` (a time.monotonic() moment). Raises AssistantFailed with the cause."""
    return read(_sent("message", question, deadline), len(question.text))


def assess(question: Question, deadline: float) -> Answer:
    """What the message is, without replies: the assistant's dialogue goes on as if it had not been asked. As `ask`."""
    return read_assessment(_sent("assess", question, deadline), len(question.text))


def _sent(route: str, question: Question, deadline: float) -> bytes:
    if deadline <= time.monotonic():
        raise AssistantFailed(Cause.TIMEOUT)
    return asyncio.run_coroutine_threadsafe(_within(route, question, deadline), _loop()).result()


async def _within(route: str, question: Question, deadline: float) -> bytes:
    try:
        async with asyncio.timeout(deadline - time.monotonic()):
            return await _exchange(route, question)
    except TimeoutError as error:
        raise AssistantFailed(Cause.TIMEOUT) from error
    except httpx.HTTPError as error:  # no connection, or one that broke off
        raise AssistantFailed(Cause.REFUSED) from error


async def _exchange(route: str, question: Question) -> bytes:
    config = settings.CONFIG
    for tries_left in (1, 0):
        async with _client().stream(
            "POST",
            f"http://127.0.0.1:{config.assistant_port}/webhooks/frontdesk/{route}",
            headers={"Authorization": f"Bearer {config.assistant_token}"},
            json=asdict(question),
        ) as response:
            if response.status_code == httpx.codes.OK:
                return await _body(response)
        if response.status_code != httpx.codes.SERVICE_UNAVAILABLE or not tries_left:
            break
        await asyncio.sleep(ASK_AGAIN_AFTER_S)
    raise AssistantFailed(Cause.STATUS)


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LARGEST_ANSWER:
            raise AssistantFailed(Cause.WRONG_SHAPE)
    return bytes(body)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="assistant", daemon=True).start()
    return loop


@cache
def _client() -> httpx.AsyncClient:
    # A new connection each time: on loopback it costs nothing, and none is left over from before a restart of the
    # assistant. No timeout of its own: the deadline is _within's. No certificates: reading them took up to a third of a
    # second of the first person's deadline, and plain HTTP to this machine has none.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncClient(timeout=None, trust_env=False, limits=limits, verify=False)  # noqa: S113, S501
