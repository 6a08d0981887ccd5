"""`helpline bench`: speed and memory; writes docs/benchmark.md."""

from __future__ import annotations

import argparse
import asyncio
import platform
import time

from bot.channels.replies import CHANNELS
from bot.commands.load import load
from bot.commands.problem import Problem
from bot.evaluation.measured import commit
from bot.evaluation.speed import ALL, GOAL_MS, MESSAGES, WORDS, Step, int8_instructions, memory_mb, on_one_core, steps
from bot.evaluation.tables import table
from bot.paths import ROOT
from bot.runtime import Runtime, RuntimeProblem

PAGE = ROOT / "docs" / "benchmark.md"
CLASSIFIED = 300
"""Messages put through the whole assistant, one after the other."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Measure, print and write the page."""
    runtime = load()
    pinned = on_one_core()
    try:
        reading = steps()
    except RuntimeProblem as problem:
        raise Problem(str(problem)) from problem
    rate = _messages_a_second(runtime)
    page = _page(reading, rate, pinned)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    print(f"written to {PAGE.relative_to(ROOT)}")
    return 0


def _messages_a_second(runtime: Runtime) -> float:
    began = time.perf_counter()
    for turn in range(CLASSIFIED):
        asyncio.run(runtime.begin(sorted(CHANNELS)[-1]).say(MESSAGES[turn % len(MESSAGES)]))
    return CLASSIFIED / (time.perf_counter() - began)


def _page(reading: list[Step], rate: float, pinned: bool) -> str:
    total = next(step for step in reading if step.name == ALL)
    goal = "met" if total.p50 <= GOAL_MS else f"missed by {total.p50 - GOAL_MS:.1f} ms"
    rows = [[step.name, f"{step.p50:.2f}", f"{step.p95:.2f}"] for step in reading]
    machine = [platform.machine(), int8_instructions(), platform.system(), f"Python {platform.python_version()}"]
    where = ", ".join(filter(None, machine))
    core = "the process kept on one core" if pinned else "one thread (this system can't keep a process on one core)"
    parts = [
        "# Speed and memory",
        f"Written by `make bench` at commit {commit()}, on {where}; {core}. Other work on the machine slows it.",
        f"Reading a message of {WORDS} words, milliseconds:",
        table(["step", "p50", "p95"], rows),
        f"Goal: all of reading within {GOAL_MS:g} ms: {goal} (p50).",
        f"A whole turn, from text to replies (`helpline classify`): {rate:.0f} messages a second.",
        f"Most memory held: {memory_mb():.0f} MB, Rasa and TensorFlow included.",
    ]
    return "\n\n".join(parts) + "\n"
