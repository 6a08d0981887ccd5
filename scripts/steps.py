"""Run one long command: progress on the screen, its output in a log, the log's end when it fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.problem import Problem
from scripts.progress import Progress

ROOT = Path(__file__).resolve().parent.parent
LOGS = Path("var/log")
LINES_SHOWN = 15
# How pip and uv say that they reached no server.
NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeout|Max retries exceeded"
    r"|client error \(Connect\)|dns error|name resolution|operation timed out"
)


@dataclass(frozen=True)
class Step:
    """One command and what to say about it; `advice` is the sentence a person reads when it fails.

    It runs in `folder`, else in `root`; the log goes to var/log below `root`.
    """

    title: str
    command: Sequence[str | os.PathLike[str]]
    log: str
    advice: str
    root: Path = ROOT
    folder: Path | None = None
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def log_path(self) -> Path:
        return self.root / LOGS / f"{self.log}.log"

    def run(self) -> None:
        """Raise `Problem` with the log's last lines when the command cannot start or exits with a code other than 0."""
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with Progress(self.title), self.log_path.open("w") as log:
            code = self._execute(log.fileno())
            if code:
                raise Problem(self._failure(code))

    def _execute(self, log: int) -> int:
        env = {**os.environ, **self.env}
        try:
            return subprocess.run(
                self.command,
                cwd=self.folder or self.root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            ).returncode
        except FileNotFoundError as error:
            raise Problem(f"{self.title}: {error.filename} is not there. {self.advice}") from error

    def _failure(self, code: int) -> str:
        log = LOGS / self.log_path.name
        if NO_NETWORK.search(self.log_path.read_text(errors="replace")):
            return (
                f"{self.title} failed: the network cannot be reached. Connect to it and run the same again (see {log})."
            )
        return f"{last_lines(self.log_path)}\n{self.title} failed (exit code {code}). {self.advice}\nAll of it: {log}"


def last_lines(path: Path, count: int = LINES_SHOWN) -> str:
    """The end of a log, indented, so that it is told apart from our own sentences."""
    lines = path.read_text(errors="replace").splitlines()[-count:]
    return "\n".join(f"  | {line}" for line in lines)


def say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)
