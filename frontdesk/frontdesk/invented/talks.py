"""Reads the invented conversations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frontdesk.transcripts.levels import Channel

FILE = Path(__file__).with_name("talks.txt")


@dataclass(frozen=True)
class Talk:
    channel: Channel
    messages: tuple[str, ...]


def talks() -> list[Talk]:
    paragraphs = FILE.read_text(encoding="utf-8").split("\n\n")[1:]
    cut = [paragraph.strip().splitlines() for paragraph in paragraphs]
    return [Talk(Channel(lines[0]), tuple(lines[1:])) for lines in cut]
