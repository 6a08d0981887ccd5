"""`helpline …`: the assistant's tools for the people who run it. Bad input is one clear line and exit code 2."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Any

from bot.quiet import quiet

COMMANDS = {
    "chat": "talk with the assistant in this terminal",
    "classify": "messages on standard input, one a line: one JSON object a line on standard output",
    "replay": "play conversations from a YAML file: one JSON object a turn",
    "train": "train the model, only when data, configuration or code changed",
    "export-encoder": "make the sentence encoder ready for use",
    "fine-tune": "teach the encoder from data/nlu (an hour on two cores); its weights are part of the repository",
    "check-settings": "check .env",
    "evaluate": "measure triage and answers on held-out messages; writes docs/evaluation.md",
    "bench": "measure speed and memory",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    quiet()
    parser = argparse.ArgumentParser(prog="helpline", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    chosen = next((word for word in (sys.argv[1:] if arguments is None else arguments) if word in COMMANDS), None)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        if name == chosen:  # only the command that runs is imported: Rasa takes seconds
            _module(name).add_arguments(command)
    options = parser.parse_args(arguments)
    return _run(options)


def _module(name: str) -> Any:
    return importlib.import_module(f"bot.commands.{name.replace('-', '_')}")


def _run(options: argparse.Namespace) -> int:
    from bot.commands.problem import Problem
    from bot.encoder.errors import EncoderError
    from bot.processor import ArithmeticFault, check_arithmetic
    from bot.settings import SettingsError

    try:
        check_arithmetic()
        return int(_module(options.command).run(options) or 0)
    except (Problem, SettingsError, EncoderError, ArithmeticFault) as problem:
        print(f"helpline: {problem}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


if __name__ == "__main__":
    sys.exit(main())
