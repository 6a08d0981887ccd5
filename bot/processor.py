"""What this processor is good at, and that its arithmetic is right (docs/decisions/0012)."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
BFLOAT16 = {"avx512_bf16", "amx_bf16"}
"""Linux' names of the instructions that multiply numbers of 16 bits with the range of 32."""
HASWELL = {"avx2", "fma"}
"""What OpenBLAS' kernels of that name are made of; processors of Intel and AMD have it since 2015."""
KERNELS = "OPENBLAS_CORETYPE"


class ArithmeticFault(RuntimeError):
    """numpy multiplies wrongly here: no message may be judged by it. The text says what to do."""


def half_precision(cpuinfo: Path = CPUINFO) -> bool:
    """Whether products in bfloat16 are faster than in 32 bits here; without the instructions they are far slower."""
    return bool(BFLOAT16 & _instructions(cpuinfo))


def choose_kernels(environment: MutableMapping[str, str] = os.environ, cpuinfo: Path = CPUINFO) -> None:
    """Name the kernels that numpy's OpenBLAS takes, unless the operator did. Only before numpy is loaded."""
    if _instructions(cpuinfo) >= HASWELL and not environment.get(KERNELS):
        environment[KERNELS] = "Haswell"


def check_arithmetic() -> None:
    """Multiply with and without OpenBLAS, in both precisions. Raises ArithmeticFault when they differ."""
    import numpy as np

    draw = np.random.default_rng(0)
    left, right = draw.standard_normal((128, 384)), draw.standard_normal((384, 128))
    exact = np.einsum("ik,kj->ij", left, right)
    for precision in (np.float32, np.float64):
        if not np.allclose(left.astype(precision) @ right.astype(precision), exact, atol=0.01):
            raise ArithmeticFault(
                f"numpy multiplies wrongly on this processor: set {KERNELS}=Haswell in the environment (or Prescott, "
                "where that is an illegal instruction) and start again"
            )


def _instructions(cpuinfo: Path) -> set[str]:
    """As Linux lists them; none where it is another system."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {word for line in lines if line.startswith("flags") for word in line.split()}
