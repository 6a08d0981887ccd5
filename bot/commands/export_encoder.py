"""`helpline export-encoder`: the encoder before it was taught, by which the checks and figures call messages alike."""

import argparse

from bot.encoder.export import export
from bot.paths import ENCODER
from bot.settings import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Write models/encoder, as published or as ENCODER_DIR has it, unless it is there."""
    written = export(ENCODER, read_settings().encoder_dir)
    print(f"encoder {'written to' if written else 'is up to date in'} {ENCODER.name}/")
    return 0
