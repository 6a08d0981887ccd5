"""`make lock`: choose the newest versions both programs allow; hashes in, hosts out."""

from __future__ import annotations

import os
from pathlib import Path

from scripts import uv
from scripts.environments import ASSISTANT, FRONTDESK, Environment
from scripts.problem import exit_with
from scripts.steps import Step

# The oldest Python each program runs on; the lock is good for that and every newer one the project allows.
OLDEST_PYTHON = {ASSISTANT: "3.10", FRONTDESK: "3.11"}
OPTIONS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--group", "dev", "--upgrade")


def compile_lock(environment: Environment, tool: Path, python: str) -> Step:
    return Step(
        f"Resolving the {environment.name}'s packages",
        [
            *(tool, "pip", "compile", "pyproject.toml", "--quiet", *OPTIONS, "--python-version", python),
            *("--custom-compile-command", "make lock", "--output-file", "requirements.lock"),
        ],
        f"{environment.slug}-lock",
        "The last lines above say which packages do not go together.",
        folder=environment.project,
        env=uv.settings(os.environ),
    )


def main() -> int:
    tool = uv.get()
    for environment, python in OLDEST_PYTHON.items():
        compile_lock(environment, tool, python).run()
    return 0


if __name__ == "__main__":
    exit_with(main)
