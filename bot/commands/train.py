"""`helpline train`."""

import argparse

from bot.training import train


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--force."""
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")


def run(options: argparse.Namespace) -> int:
    """Train, or say that there is nothing to do."""
    trained = train(force=options.force)
    print("trained a new model" if trained else "the model is up to date")
    return 0
