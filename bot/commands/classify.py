"""`helpline classify`: each line its own conversation."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

from bot.channels.replies import CHANNELS
from bot.commands.load import load
from bot.commands.problem import Problem

FIELDS = ("level", "signals", "subject", "evidence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--channel."""
    parser.add_argument(
        "--channel", choices=sorted(CHANNELS), default="web", help="whose variants of the replies (default: web)"
    )


def run(options: argparse.Namespace) -> int:
    """One JSON object a line, in the order of the messages."""
    runtime = load()
    for text in lines(sys.stdin.buffer):
        answer = asyncio.run(runtime.begin(options.channel).say(text))
        print(json.dumps(row(text, answer), ensure_ascii=False), flush=True)
    return 0


def lines(stream: Any) -> Iterator[str]:
    """The messages; Problem for a line that is not UTF-8, by its number."""
    for number, line in enumerate(stream, 1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise Problem(f"line {number} is not UTF-8: save the messages as UTF-8") from error


def row(text: str, answer: dict[str, Any]) -> dict[str, Any]:
    """What is printed of one answer."""
    told = {name: answer["assessment"][name] for name in FIELDS}
    read = {name: answer[name] for name in ("intent", "topic", "confidence")}
    return {"text": text, **told, **read, "replies": replies(answer)}


def replies(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Text, kind and buttons of each reply."""
    return [{name: reply[name] for name in ("text", "kind", "buttons")} for reply in answer["replies"]]
