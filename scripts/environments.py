"""Make a locked virtual environment, and make it again only when its lock or its interpreter changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts import pythons, uv
from scripts.problem import Problem
from scripts.steps import ROOT, Step, say

STAMP = "stamp"
# The build backend is in the lock as well, so nothing unpinned is fetched to build our own package.
OWN_PACKAGE = ("--no-deps", "--no-build-isolation", "--editable")
TRY_AGAIN = "Run the same command again (what was fetched is kept); `make lock` makes a new lock."


@dataclass(frozen=True)
class Environment:
    """One program's environment: `project` is the folder with its pyproject.toml, requirements.lock and .venv."""

    name: str
    project: Path

    @property
    def slug(self) -> str:
        return self.name.replace(" ", "")

    @property
    def folder(self) -> Path:
        return self.project / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / "bin/python"

    @property
    def lock(self) -> Path:
        return self.project / "requirements.lock"

    def content(self) -> str:
        """What the environment is made from. Raises `Problem` when the lock is not there."""
        if not self.lock.exists():
            raise Problem(f"{self.lock} is not there: restore it from git, or make it with `make lock`.")
        digest = hashlib.sha256()
        for path in (self.lock, self.project / "pyproject.toml"):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def stamp(self) -> str | None:
        path = self.folder / STAMP
        return path.read_text() if path.exists() else None


ASSISTANT = Environment("assistant", ROOT)
FRONTDESK = Environment("front desk", ROOT / "frontdesk")


def works(environment: Environment, suits: Callable[[tuple[int, ...]], bool], wanted: Path | None = None) -> bool:
    """Whether the environment's Python runs, has a version that suits, and is the one wanted (if one is named)."""
    version = pythons.version_of(environment.python)
    if version is None or not suits(version):
        return False
    return wanted is None or _home(environment) == wanted.resolve().parent


def ready(environment: Environment) -> bool:
    """Whether it was made to the end from the lock, the project file and the interpreter that are here now."""
    return environment.stamp() == _stamp(environment)


def create(environment: Environment, tool: Path, python: Path) -> None:
    """An empty environment on this interpreter, in place of whatever is there."""
    Step(
        f"Making the {environment.name}'s environment on {python}",
        [tool, "venv", "--quiet", "--clear", "--no-project", "--python", python, environment.folder],
        f"{environment.slug}-venv",
        "Is there room on the disk, and may this folder be written?",
    ).run()


def fill(environment: Environment, tool: Path) -> None:
    """Install exactly what the lock names, each file checked against its hash, then the project's own package."""
    uv_settings = uv.settings(os.environ)
    (environment.folder / STAMP).unlink(missing_ok=True)
    Step(
        f"Installing the {environment.name}'s packages",
        [tool, "pip", "sync", "--python", environment.python, "--require-hashes", environment.lock],
        f"{environment.slug}-packages",
        TRY_AGAIN,
        env=uv_settings,
    ).run()
    Step(
        f"Installing the {environment.name}",
        [tool, "pip", "install", "--python", environment.python, *OWN_PACKAGE, environment.project],
        f"{environment.slug}-install",
        TRY_AGAIN,
        env=uv_settings,
    ).run()
    (environment.folder / STAMP).write_text(_stamp(environment))


def prepare(environment: Environment, find_uv: Callable[[], Path], python: Callable[[], Path], fits: bool) -> bool:
    """Make what is missing; True when something was done. uv and a Python are looked for only when needed."""
    if fits and ready(environment):
        say(f"The {environment.name}'s environment is up to date.")
        return False
    tool = find_uv()
    if not fits:
        create(environment, tool, python())
    fill(environment, tool)
    return True


def _stamp(environment: Environment) -> str:
    version = pythons.version_of(environment.python)
    return f"{environment.content()}\n{version}\n{_home(environment)}\n{environment.project}\n"


def _home(environment: Environment) -> Path:
    return Path(os.path.realpath(environment.python)).parent
