"""The data the triage reads: spelling, vocabulary, contexts and rules, as YAML beside this file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """The content of `name`.yml in this folder, read once a process."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
