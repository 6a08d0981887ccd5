"""`helpline check-settings`."""

import argparse

from bot.settings import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Quiet when all is well."""
    read_settings()
    return 0
