"""`helpline chat`: one conversation in this terminal."""

from __future__ import annotations

import argparse
import asyncio

from bot.channels.replies import CHANNELS
from bot.commands.load import load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--channel."""
    parser.add_argument(
        "--channel", choices=sorted(CHANNELS), default="web", help="whose variants of the replies (default: web)"
    )


def run(options: argparse.Namespace) -> int:
    """Until Ctrl-D."""
    talk = load().begin(options.channel)
    print("Write a message; Ctrl-D ends.")
    while True:
        try:
            text = input("> ")
        except EOFError:
            print()
            return 0
        answer = asyncio.run(talk.say(text))
        for reply in answer["replies"]:
            print(f"[{reply['kind']}] {reply['text']}")
            for button in reply["buttons"]:
                print(f"    ( {button['title']} )")
        print(f"    {answer['assessment']['level']} {', '.join(answer['assessment']['signals'])}")
