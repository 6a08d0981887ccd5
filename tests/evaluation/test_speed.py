"""What the benchmark says about the machine it ran on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.speed import int8_instructions


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ("fma avx2 avx512f avx512_vnni", "a processor with VNNI"),
        ("avx2 avx_vnni fma", "a processor with VNNI"),
        ("fma avx2 avx512f", "a processor without VNNI"),
    ],
)
def test_whether_int8_is_multiplied_directly(flags: str, says: str, tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"model name : any\nflags : {flags}\n", encoding="utf-8")
    assert int8_instructions(cpuinfo) == says


def test_a_system_that_does_not_say(tmp_path: Path) -> None:
    assert int8_instructions(tmp_path / "cpuinfo") == ""
