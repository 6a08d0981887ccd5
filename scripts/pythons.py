"""Find a Python that works: each candidate is run, since a file that exists (a pyenv shim, say) may still fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.problem import Problem
from scripts.progress import Progress

ASSISTANT = (3, 10)
FRONTDESK_AT_LEAST = (3, 11)
ANSWER_WITHIN_S = 20
QUESTION = "import sys, venv; print(*sys.version_info[:3])"


@dataclass(frozen=True)
class Candidate:
    """Where an interpreter was looked for, in words, and the file."""

    where: str
    path: Path


Report = Callable[[str], None]


def version_of(path: Path) -> tuple[int, ...] | None:
    """The interpreter's (major, minor, micro), or None when it does not run within 20 s or answers something else."""
    try:
        answer = subprocess.run(
            [path, "-c", QUESTION],
            capture_output=True,
            text=True,
            timeout=ANSWER_WITHIN_S,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        numbers = tuple(int(part) for part in answer.stdout.split())
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return numbers if answer.returncode == 0 and len(numbers) == 3 else None


def assistant_candidates(env: Mapping[str, str]) -> Iterator[Candidate]:
    """In the order they are tried: $PYTHON310, every python3.10 on PATH, pyenv's versions (the newest first)."""
    if env.get("PYTHON310"):
        named = env["PYTHON310"]
        yield Candidate("$PYTHON310", Path(shutil.which(named, path=env.get("PATH")) or named))
    for folder in env.get("PATH", "").split(os.pathsep):
        path = Path(folder) / "python3.10"
        if folder and path.exists():
            yield Candidate("PATH", path)
    home = env.get("HOME")
    pyenv = env.get("PYENV_ROOT") or (f"{home}/.pyenv" if home else None)
    if pyenv:
        for path in sorted(Path(pyenv).glob("versions/3.10.*/bin/python3.10"), key=_by_version, reverse=True):
            yield Candidate("pyenv", path)


def find_assistant_python(env: Mapping[str, str], report: Report) -> Path | None:
    """The first candidate that runs and is 3.10, else None. A $PYTHON310 that is no working 3.10 raises `Problem`."""
    for candidate in assistant_candidates(env):
        version = version_of(candidate.path)
        if version and version[:2] == ASSISTANT:
            return candidate.path
        found = f"is Python {'.'.join(map(str, version))}" if version else "does not run"
        if candidate.where == "$PYTHON310":
            raise Problem(f"PYTHON310 names {candidate.path}, which {found}: name a working Python 3.10, or unset it.")
        report(f"Skipped {candidate.path} ({candidate.where}): it {found}.")
    return None


def install_assistant_python(uv: Path) -> Path:
    """Let uv install a Python 3.10 of its own. Raises `Problem` when it can't, without a network for one."""
    with Progress("Installing Python 3.10 with uv"):
        installed = _ask(uv, "install", "3.10")
        found = _ask(uv, "find", "--managed-python", "--no-project", "3.10")
        path = Path(found.stdout.strip())
        version = version_of(path) if found.stdout.strip() else None
        if version and version[:2] == ASSISTANT:
            return path
        reason = (installed.stderr or found.stderr).strip().splitlines()
        raise Problem(
            "No working Python 3.10 was found (Rasa runs on no other), and uv could not install one"
            f" ({reason[-1].strip() if reason else 'it gave no reason'}):"
            " connect to the network, or install Python 3.10 and name it with PYTHON310=..."
        )


def _ask(uv: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([uv, "python", *words], capture_output=True, text=True, check=False)


def frontdesk_python() -> Path:
    """The Python these scripts run on, without a virtual environment around it. Raises `Problem` below 3.11."""
    if sys.version_info[:2] < FRONTDESK_AT_LEAST:
        version = sys.version.split()[0]
        raise Problem(f"This is Python {version}; the front desk needs 3.11 or newer: name one with make PYTHON=...")
    return Path(getattr(sys, "_base_executable", sys.executable))


def _by_version(path: Path) -> list[int]:
    name = path.parent.parent.name
    return [int(part) if part.isdigit() else 0 for part in name.split(".")]
