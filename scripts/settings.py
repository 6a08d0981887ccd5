"""The settings as both programs read them; here only to start the parts. What a value must be, the programs check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from scripts.problem import BAD_INPUT, Problem


def load(root: Path, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """`.env.example`, overridden by `.env`, overridden by `environ` (all of which is in the result)."""
    return {**_file(root / ".env.example"), **_file(root / ".env"), **environ}


def check_names(root: Path) -> None:
    """Raises `Problem` (exit code 2) for a line of `.env` that sets nothing, or what is no setting: with a slip in its
    name the default would stay in force, and nobody would notice.
    """
    known = _file(root / ".env.example")
    path = root / ".env"
    if not path.exists():
        return
    _file(path)
    for line in parse_stream(StringIO(path.read_text(encoding="utf-8"))):
        text = line.original.string
        blank = text[: len(text) - len(text.lstrip())].count("\n")  # blank lines belong to the next
        number = line.original.line + blank
        if line.error or (line.key and line.value is None):
            raise Problem(f".env: line {number} is not NAME=value", BAD_INPUT)
        if line.key and line.key not in known:
            raise Problem(f".env: line {number}: {line.key} is no setting; .env.example explains each", BAD_INPUT)


def port(settings: Mapping[str, str], name: str) -> int:
    """A port from 1 to 65535. Raises `Problem` (exit code 2) for anything else."""
    text = settings.get(name, "").strip()
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Problem(f"{name}: must be a port from 1 to 65535, not {text!r}", BAD_INPUT)
    return int(text)


def _file(path: Path) -> dict[str, str]:
    try:
        return {name: value or "" for name, value in dotenv_values(path, interpolate=False).items()}
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__})", BAD_INPUT) from error
