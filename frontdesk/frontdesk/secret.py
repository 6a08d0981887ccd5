"""Secrets that development makes for itself and keeps in var/, so that a restart keeps the sessions that are open."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


class SecretError(Exception):
    """The secret can be neither read nor made; the text says which file."""


def kept_secret(path: Path) -> str:
    """The secret in `path` (mode 0600), made first where there is none.

    Both programs may start at the same moment: the file appears whole or not at all, and the first one made is the one
    both use.
    """
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"{path} can't be read or made ({type(error).__name__}); set one in .env") from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600 from the start
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
