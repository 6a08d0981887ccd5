"""Which of a processor's instructions are used, and that its arithmetic is right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.processor import KERNELS, choose_kernels, half_precision

CHECK = "from bot.processor import check_arithmetic\ncheck_arithmetic()\nprint('right')"


@pytest.fixture
def cpuinfo(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    file = tmp_path / "cpuinfo"
    file.write_text(request.param, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("cpuinfo", "expected"),
    [
        ("flags\t\t: fpu sse4_2 avx2 avx512f avx512_bf16 amx_tile\n", True),
        ("processor: 0\nflags : fpu avx2\nprocessor: 1\nflags : fpu avx2 amx_bf16\n", True),
        ("flags : fpu avx2 avx512f avx512_vnni\n", False),
        ("model name : avx512_bf16\nflags : fpu avx2\n", False),
        ("", False),
    ],
    indirect=["cpuinfo"],
)
def test_sixteen_bits_only_where_there_are_instructions_for_them(cpuinfo: Path, expected: bool) -> None:
    assert half_precision(cpuinfo) is expected


@pytest.mark.parametrize(
    ("cpuinfo", "before", "after"),
    [
        ("flags : fpu fma avx2 avx512f avx512_bf16\n", {}, {KERNELS: "Haswell"}),
        ("flags : fpu fma avx2\n", {KERNELS: ""}, {KERNELS: "Haswell"}),
        ("flags : fpu fma avx2\n", {KERNELS: "Zen"}, {KERNELS: "Zen"}),
        ("flags : fpu avx2\n", {}, {}),
        ("flags : fpu sse4_2\n", {}, {}),
        ("Features : fp asimd\n", {}, {}),
    ],
    indirect=["cpuinfo"],
)
def test_the_kernels_are_named_for_whoever_has_not(
    cpuinfo: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    choose_kernels(before, cpuinfo)
    assert before == after


def test_a_system_that_does_not_say_what_it_can(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    choose_kernels(environment, tmp_path / "none")
    assert environment == {}
    assert half_precision(tmp_path / "none") is False


def test_numpy_multiplies_rightly_with_what_is_chosen_when_anything_of_bot_is_loaded() -> None:
    environment = {name: value for name, value in os.environ.items() if name != KERNELS}
    chosen: dict[str, str] = {}
    choose_kernels(chosen)
    code = f"{CHECK}\nimport os\nprint(os.environ.get('{KERNELS}'))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert run.stdout == f"right\n{chosen.get(KERNELS)}\n", run.stderr


def test_wrong_products_are_told_with_what_to_do() -> None:
    """Where OpenBLAS is one with wrong kernels is not everywhere: a product that is a little off stands for them."""
    off = "import numpy as np\neinsum = np.einsum\nnp.einsum = lambda *given: einsum(*given) + 1\n"
    run = subprocess.run([sys.executable, "-c", off + CHECK], capture_output=True, text=True)
    assert run.returncode != 0
    assert "ArithmeticFault: numpy multiplies wrongly" in run.stderr
    assert f"{KERNELS}=Haswell" in run.stderr
