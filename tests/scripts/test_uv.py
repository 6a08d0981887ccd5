"""uv comes from PATH when it is there and new enough, else by pip into the checkout."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts import uv
from scripts.problem import Problem
from tests.scripts.conftest import executable

GOOD = "#!/bin/sh\necho 'uv 99.0.1 (somewhere)'\n"
OLD = "#!/bin/sh\necho 'uv 0.1.12'\n"
BROKEN = "#!/bin/sh\nexit 3\n"


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        pytest.param({"path/uv": GOOD}, "path/uv", id="on PATH"),
        pytest.param({".tools/uv/bin/uv": GOOD}, ".tools/uv/bin/uv", id="in the checkout"),
        pytest.param({".tools/uv/bin/uv": GOOD, "path/uv": GOOD}, ".tools/uv/bin/uv", id="the checkout's first"),
        pytest.param({".tools/uv/bin/uv": BROKEN, "path/uv": GOOD}, "path/uv", id="the checkout's is broken"),
        pytest.param({"path/uv": OLD}, None, id="too old"),
        pytest.param({"path/uv": BROKEN}, None, id="broken"),
        pytest.param({}, None, id="none"),
    ],
)
def test_find(tmp_path: Path, layout: dict[str, str], expected: str | None) -> None:
    for name, text in layout.items():
        executable(tmp_path / name, text)
    found = uv.find({"PATH": f"{tmp_path}/path"}, tmp_path)
    assert found == (tmp_path / expected if expected else None)


def test_no_network_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(Problem) as problem:
        uv.install(tmp_path, sys.executable)
    assert str(problem.value).startswith("Installing uv into .tools failed: the network cannot be reached.")
    assert "\n" not in str(problem.value)


def test_a_python_without_venv_is_a_clear_problem(tmp_path: Path) -> None:
    python = executable(tmp_path / "python", "#!/bin/sh\necho 'ensurepip is not available' >&2\nexit 1\n")
    with pytest.raises(Problem, match="apt-get install python3-venv"):
        uv.install(tmp_path, str(python))


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        pytest.param(
            {"PIP_INDEX_URL": "https://a.test/simple"}, {"UV_DEFAULT_INDEX": "https://a.test/simple"}, id="pip's"
        ),
        pytest.param(
            {"PIP_INDEX_URL": "https://a.test/simple", "UV_DEFAULT_INDEX": "https://b.test"}, {}, id="uv's own"
        ),
    ],
)
def test_the_index_pip_was_told_to_use_is_handed_to_uv(env: dict[str, str], expected: dict[str, str]) -> None:
    assert uv.settings(env) == expected
