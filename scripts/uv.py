"""Get uv: the one on PATH, or one installed by pip into the checkout (`.tools/uv`), never into the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from scripts.steps import ROOT, Step

# The version that requirements.lock was made with; an older one on PATH is not used.
VERSION = (0, 13, 9)
AT_LEAST = (0, 9, 0)
TOOLS = ".tools/uv"


def version_of(uv: Path) -> tuple[int, ...] | None:
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    match = re.match(r"uv (\d+)\.(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in match.groups()) if match else None


def find(env: Mapping[str, str], root: Path = ROOT) -> Path | None:
    """A uv that runs and is new enough: in the checkout first, then on PATH."""
    on_path = shutil.which("uv", path=env.get("PATH", ""))
    for path in (root / TOOLS / "bin/uv", Path(on_path) if on_path else None):
        if path and (version_of(path) or (0,)) >= AT_LEAST:
            return path
    return None


def install(root: Path = ROOT, python: str = sys.executable) -> Path:
    """Install uv with pip, the one network path some machines have.

    Raises `Problem` when Python's venv module or the network is missing.
    """
    Step(
        "Making a place for uv in .tools",
        [python, "-m", "venv", "--clear", root / TOOLS],
        "uv-venv",
        "Python's venv module must work (Debian and Ubuntu: apt-get install python3-venv), or install uv yourself.",
        root=root,
    ).run()
    wanted = f"uv=={'.'.join(map(str, VERSION))}"
    Step(
        "Installing uv into .tools",
        [root / TOOLS / "bin/python", "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2", wanted],
        "uv-pip",
        "Run the same command again, or install uv yourself.",
        root=root,
    ).run()
    return root / TOOLS / "bin/uv"


def settings(env: Mapping[str, str], python: str = sys.executable) -> dict[str, str]:
    """What pip was told about the package index, for uv, which reads none of pip's settings. Empty: nothing."""
    if env.get("UV_DEFAULT_INDEX") or env.get("UV_INDEX_URL"):
        return {}
    index = env.get("PIP_INDEX_URL")
    if not index:
        asked = [python, "-m", "pip", "config", "get", "global.index-url"]
        index = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def get(root: Path = ROOT) -> Path:
    return find(os.environ, root) or install(root)
