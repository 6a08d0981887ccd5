"""`helpline replay FILE`: conversations in, one JSON object a turn out."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

import yaml

from bot.channels.replies import CHANNELS
from bot.commands.classify import replies
from bot.commands.load import load
from bot.commands.problem import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE."""
    parser.add_argument("file", type=Path, help="a YAML list of conversations {id, channel, turns: [{user: …}]}")


def run(options: argparse.Namespace) -> int:
    """Each conversation from its beginning, in the order of the file."""
    conversations = read(options.file)
    runtime = load()
    for conversation in conversations:
        talk = runtime.begin(conversation["channel"])
        asyncio.run(_play(talk, conversation))
    return 0


async def _play(talk: Any, conversation: dict[str, Any]) -> None:
    for number, turn in enumerate(conversation["turns"], 1):
        answer = await talk.say(turn["user"])
        line = {"id": conversation["id"], "turn": number, "user": turn["user"], "level": answer["assessment"]["level"]}
        print(
            json.dumps({**line, "topic": answer["topic"], "replies": replies(answer)}, ensure_ascii=False), flush=True
        )


def read(file: Path) -> list[dict[str, Any]]:
    """The conversations of a file. Raises Problem that says where it is not in form."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Problem(f"{file}: no such file") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Problem(f"{file}: not readable as UTF-8 YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(content, list):
        raise Problem(f"{file}: must be a list of conversations {{id, channel, turns: [{{user: …}}]}}")
    return [_checked(file, number, entry) for number, entry in enumerate(content, 1)]


def _checked(file: Path, number: int, entry: Any) -> dict[str, Any]:
    where = f"{file}: conversation {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("turns"), list):
        raise Problem(f"{where}: needs id, channel and a list of turns")
    channel = entry.get("channel", "web")
    if not isinstance(channel, str) or channel not in CHANNELS:
        raise Problem(f"{where}: channel {channel!r} is not one of {', '.join(sorted(CHANNELS))}")
    if not isinstance(entry.get("id", number), (str, int)):
        raise Problem(f"{where}: id must be a text or a number")
    for place, turn in enumerate(entry["turns"], 1):
        if not isinstance(turn, dict) or not isinstance(turn.get("user"), str):
            raise Problem(f"{where}: turn {place} needs a text under `user`")
    return {"id": entry.get("id", number), "channel": channel, "turns": entry["turns"]}
