"""A long step shows that it lives, keeps its output, and ends with a sentence when it fails."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from scripts.problem import Problem
from scripts.progress import Progress, elapsed
from scripts.steps import LINES_SHOWN, Step


def step(root: Path, code: str) -> Step:
    return Step("Counting", [sys.executable, "-c", code], "count", "Count again.", root=root)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0.0 s"), (4.23, "4.2 s"), (48.4, "48 s"), (60, "1 min 00 s"), (185, "3 min 05 s"), (3600, "60 min 00 s")],
)
def test_elapsed(seconds: float, said: str) -> None:
    assert elapsed(seconds) == said


def test_a_step_keeps_its_output_off_the_screen_and_says_how_long_it_took(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    step(tmp_path, "print('chatter')").run()
    screen = capfd.readouterr().out
    assert (tmp_path / "var/log/count.log").read_text() == "chatter\n"
    assert "chatter" not in screen
    assert "Counting: done in" in screen


def test_a_failing_step_shows_the_end_of_its_log_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        step(tmp_path, "for n in range(100): print(n)\nraise SystemExit(3)").run()
    said = str(problem.value)
    assert said.count("  | ") == LINES_SHOWN
    assert "  | 99\nCounting failed (exit code 3). Count again.\nAll of it: var/log/count.log" in said


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="nowhere/tool is not there"):
        Step("Counting", [tmp_path / "nowhere/tool"], "count", "Count again.", root=tmp_path).run()


def test_off_a_terminal_a_long_step_says_a_line_now_and_then() -> None:
    out = io.StringIO()
    with Progress("Training", out, every_s=0.05) as progress:
        progress.note = "epoch 2"
        time.sleep(0.5)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Training …"
    assert "(epoch 2)" in lines[1]
    assert len(lines) >= 4
    assert lines[-1].startswith("Training: done in")


def test_on_a_terminal_it_is_one_line_that_changes() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    with Progress("Training", out, every_s=0.05):
        time.sleep(0.3)
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().count("\r") >= 3
