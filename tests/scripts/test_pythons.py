"""A working Python 3.10 is found wherever one is, and a file that exists and fails never stops the search."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import pythons
from scripts.problem import Problem
from tests.scripts.conftest import REPOSITORY, executable

PY310 = "#!/bin/sh\necho 3 10 13\n"
PY39 = "#!/bin/sh\necho 3 9 18\n"
PY312 = "#!/bin/sh\necho 3 12 1\n"
SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"
SILENT = "#!/bin/sh\nexit 0\n"
GARBAGE = "not a program"

FIND = [
    pytest.param({"path1/python3.10": PY310}, "path1/python3.10", id="on PATH"),
    pytest.param({"path1/python3.10": SHIM, "path2/python3.10": PY310}, "path2/python3.10", id="behind a failing shim"),
    pytest.param(
        {"path1/python3.10": SHIM, "pyenv/versions/3.10.13/bin/python3.10": PY310},
        "pyenv/versions/3.10.13/bin/python3.10",
        id="the shim fails, pyenv's own works",
    ),
    pytest.param(
        {f"pyenv/versions/3.10.{micro}/bin/python3.10": PY310 for micro in (9, 13, 2)},
        "pyenv/versions/3.10.13/bin/python3.10",
        id="pyenv's newest, by number",
    ),
    pytest.param(
        {"pyenv/versions/3.10.13/bin/python3.10": SHIM, "pyenv/versions/3.10.9/bin/python3.10": PY310},
        "pyenv/versions/3.10.9/bin/python3.10",
        id="pyenv's newest is broken",
    ),
    pytest.param(
        {"home/.pyenv/versions/3.10.1/bin/python3.10": PY310, "PYENV_ROOT": ""},
        "home/.pyenv/versions/3.10.1/bin/python3.10",
        id="pyenv at home",
    ),
    pytest.param({"path1/python3.10": PY39, "path2/python3.10": PY310}, "path2/python3.10", id="a wrong version"),
    pytest.param({"path1/python3.10": SILENT, "path2/python3.10": PY310}, "path2/python3.10", id="says nothing"),
    pytest.param({"path1/python3.10": GARBAGE, "path2/python3.10": PY310}, "path2/python3.10", id="no program"),
    pytest.param(
        {"mine/python": PY310, "path1/python3.10": PY310, "PYTHON310": "mine/python"},
        "mine/python",
        id="$PYTHON310 first",
    ),
    pytest.param({"pyenv/versions/3.11.7/bin/python3.11": PY312}, None, id="none"),
    pytest.param({"path1/python3.10": SHIM}, None, id="only a failing shim"),
]


def prepare(root: Path, layout: dict[str, str]) -> dict[str, str]:
    """Write the interpreters and give the environment that points at them; capitals are variables, relative to root."""
    env = {
        "PATH": f"{root}/path1{os.pathsep}{root}/path2",
        "HOME": f"{root}/home",
        "PYENV_ROOT": f"{root}/pyenv",
    }
    for name, text in layout.items():
        if name.isupper() or name == "PYTHON310":
            env[name] = f"{root}/{text}" if text else ""
        else:
            executable(root / name, text)
    return env


@pytest.mark.parametrize(("layout", "expected"), FIND)
def test_find(tmp_path: Path, layout: dict[str, str], expected: str | None) -> None:
    found = pythons.find_assistant_python(prepare(tmp_path, layout), lambda _: None)
    assert found == (tmp_path / expected if expected else None)


def test_what_was_skipped_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    env = prepare(tmp_path, {"path1/python3.10": SHIM, "path2/python3.10": PY39})
    pythons.find_assistant_python(env, said.append)
    assert [line.split(": ")[1] for line in said[:2]] == ["it does not run.", "it is Python 3.9.18."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(SHIM, "which does not run", id="fails"),
        pytest.param(PY312, "which is Python 3.12.1", id="a wrong version"),
        pytest.param(None, "which does not run", id="missing"),
    ],
)
def test_a_named_python_that_does_not_serve_is_refused_and_not_replaced(
    tmp_path: Path, text: str | None, said: str
) -> None:
    layout = {"path1/python3.10": PY310, "PYTHON310": "mine/python", **({"mine/python": text} if text else {})}
    with pytest.raises(Problem, match=said):
        pythons.find_assistant_python(prepare(tmp_path, layout), lambda _: None)


def test_a_python_that_hangs_does_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "ANSWER_WITHIN_S", 0.2)
    assert pythons.version_of(executable(tmp_path / "python", "#!/bin/sh\nexec sleep 30\n")) is None


def test_this_python_works() -> None:
    assert pythons.version_of(Path(sys.executable)) == sys.version_info[:3]


def test_uv_installs_one_when_there_is_none(tmp_path: Path) -> None:
    python = executable(tmp_path / "python3.10", PY310)
    uv = executable(tmp_path / "uv", f'#!/bin/sh\ntest "$2" = install || echo {python}\n')
    assert pythons.install_assistant_python(uv) == python


def test_no_network_for_uv_is_one_clear_problem(tmp_path: Path) -> None:
    uv = executable(tmp_path / "uv", "#!/bin/sh\necho 'error: dns error' >&2\nexit 1\n")
    with pytest.raises(
        Problem, match=r"uv could not install one \(error: dns error\): connect to the network"
    ) as problem:
        pythons.install_assistant_python(uv)
    assert "PYTHON310" in str(problem.value)


def test_an_old_python_is_told_apart_before_anything_is_made() -> None:
    command = f"PATH=/usr/bin:/bin make --no-print-directory -C {REPOSITORY} setup PYTHON="
    answer = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert answer.returncode != 0
    assert "No Python 3.11 or newer was found on PATH" in answer.stderr
