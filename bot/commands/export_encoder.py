"""`helpline export-encoder`."""

import argparse

from bot.encoder.export import export, install
from bot.paths import ENCODER, WEIGHTS
from bot.settings import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Write models/encoder unless it is there: the fine-tuned encoder of the repository, or the one that ENCODER_DIR
    names.
    """
    own = read_settings().encoder_dir
    written = install(ENCODER, WEIGHTS) if WEIGHTS.is_dir() and not own else export(ENCODER, own)
    print(f"encoder {'written to' if written else 'is up to date in'} {ENCODER.name}/")
    return 0
