"""An environment is made once, and again only when its lock, its project file or its interpreter changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import environments
from scripts.environments import Environment
from scripts.problem import Problem
from tests.scripts.conftest import executable

# Stands in for uv: notes what it is asked, and makes an environment by linking the interpreter into it.
UV = f"""#!/bin/sh
echo "$@" >> "$(dirname "$0")/asked"
test "$1" = venv || exit 0
for folder; do :; done
mkdir -p "$folder/bin" && ln -sf {sys.executable} "$folder/bin/python"
"""


class Uv:
    def __init__(self, root: Path) -> None:
        self.path = executable(root / "uv", UV)
        self._asked = root / "asked"

    def asked(self) -> list[str]:
        """The commands since the last call, without their options."""
        lines = self._asked.read_text().splitlines() if self._asked.exists() else []
        self._asked.unlink(missing_ok=True)
        return [" ".join(line.split()[:2]) if line.startswith("pip") else line.split()[0] for line in lines]


@pytest.fixture
def uv(tmp_path: Path) -> Uv:
    return Uv(tmp_path)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    project = tmp_path / "project"
    project.mkdir()
    (project / "requirements.lock").write_text("a==1\n")
    (project / "pyproject.toml").write_text("[project]\n")
    return Environment("test program", project)


def prepare(environment: Environment, uv: Uv, suits: bool = True) -> list[str]:
    fits = environments.works(environment, lambda _: suits)
    environments.prepare(environment, lambda: uv.path, lambda: Path(sys.executable), fits)
    return uv.asked()


def test_the_first_time_everything_is_made(environment: Environment, uv: Uv) -> None:
    assert prepare(environment, uv) == ["venv", "pip sync", "pip install"]


def test_the_second_time_nothing_is(environment: Environment, uv: Uv) -> None:
    prepare(environment, uv)
    assert prepare(environment, uv) == []


def edit_lock(environment: Environment) -> None:
    environment.lock.write_text("a==2\n")


def edit_project(environment: Environment) -> None:
    (environment.project / "pyproject.toml").write_text("[project]\nname = 'x'\n")


def lose_the_stamp(environment: Environment) -> None:
    (environment.folder / "stamp").unlink()


def break_the_interpreter(environment: Environment) -> None:
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python")


def lose_the_environment(environment: Environment) -> None:
    environment.folder.rename(environment.project / "elsewhere")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(edit_lock, ["pip sync", "pip install"], id="the lock changed"),
        pytest.param(edit_project, ["pip sync", "pip install"], id="the project file changed"),
        pytest.param(lose_the_stamp, ["pip sync", "pip install"], id="it was not made to the end"),
        pytest.param(break_the_interpreter, ["venv", "pip sync", "pip install"], id="the interpreter is gone"),
        pytest.param(lose_the_environment, ["venv", "pip sync", "pip install"], id="the environment is gone"),
    ],
)
def test_it_is_made_again(
    environment: Environment, uv: Uv, change: Callable[[Environment], None], expected: list[str]
) -> None:
    prepare(environment, uv)
    change(environment)
    assert prepare(environment, uv) == expected
    assert prepare(environment, uv) == []


def test_an_interpreter_that_no_longer_suits_is_replaced(environment: Environment, uv: Uv) -> None:
    prepare(environment, uv)
    assert prepare(environment, uv, suits=False) == ["venv", "pip sync", "pip install"]


def test_a_failed_installation_is_done_again_the_next_time(environment: Environment, uv: Uv) -> None:
    prepare(environment, uv)
    edit_lock(environment)
    good = uv.path.read_text()
    executable(uv.path, "#!/bin/sh\necho 'error: dns error' >&2\nexit 2\n")
    with pytest.raises(Problem, match="the network cannot be reached"):
        prepare(environment, uv)
    executable(uv.path, good)
    assert prepare(environment, uv) == ["pip sync", "pip install"]


def test_a_missing_lock_is_a_clear_problem(environment: Environment, uv: Uv) -> None:
    environment.lock.unlink()
    with pytest.raises(Problem, match="make lock"):
        prepare(environment, uv)
