"""Shared by the suite: the one trained model, which `make train` made or which is made here when it is out of date."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.paths import MODELS  # with it comes `bot`, which chooses numpy's kernels: before anything loads numpy

# Before Rasa is imported anywhere: it reports home and logs what people say.
for name, value in {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR"}.items():
    os.environ.setdefault(name, value)

if TYPE_CHECKING:
    from bot.runtime import Runtime

Answer = dict[str, Any]
Talk = Callable[..., list[Answer]]
"""`talk("one message", "the next", channel="sms")`: the answers to one conversation's messages, in order."""


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of the trained model. Trains for minutes when data, configuration or code changed since."""
    from bot.quiet import quiet
    from bot.training import train

    quiet()
    train()
    return MODELS


@pytest.fixture(scope="session")
def runtime(models: Path) -> Runtime:
    from bot.runtime import Runtime

    return Runtime(models)


@pytest.fixture(scope="session")
def talk(runtime: Runtime) -> Talk:
    def play(*messages: str, channel: str = "web") -> list[Answer]:
        conversation = runtime.begin(channel)
        return [asyncio.run(conversation.say(message)) for message in messages]

    return play
