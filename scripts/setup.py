"""`make setup`: both environments, the encoder, the front desk's database. What is there already is left alone."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

from scripts import environments, pythons, uv
from scripts.environments import ASSISTANT, FRONTDESK
from scripts.problem import exit_with
from scripts.steps import ROOT, Step, say


def main() -> int:
    find_uv = functools.cache(uv.get)
    environments.prepare(ASSISTANT, find_uv, lambda: _assistant_python(find_uv()), _assistant_fits())
    environments.prepare(FRONTDESK, find_uv, pythons.frontdesk_python, _frontdesk_fits())
    _encoder().run()
    _database().run()
    return 0


def _assistant_fits() -> bool:
    named = os.environ.get("PYTHON310")
    wanted = Path(shutil.which(named) or named) if named else None
    return environments.works(ASSISTANT, lambda version: version[:2] == pythons.ASSISTANT, wanted)


def _frontdesk_fits() -> bool:
    return environments.works(FRONTDESK, lambda version: version[:2] >= pythons.FRONTDESK_AT_LEAST)


def _assistant_python(tool: Path) -> Path:
    return pythons.find_assistant_python(os.environ, say) or pythons.install_assistant_python(tool)


def _encoder() -> Step:
    return Step(
        "Exporting the sentence encoder",
        [ROOT / ".venv/bin/helpline", "export-encoder"],
        "encoder",
        "If the last line above names a file that does not match, remove .venv and run `make setup` again.",
    )


def _database() -> Step:
    return Step(
        "Bringing the front desk's database up to date",
        [ROOT / "frontdesk/.venv/bin/frontdesk", "migrate"],
        "migrate",
        "See DATABASE_URL in .env.example; the last line above says what is wrong.",
    )


if __name__ == "__main__":
    exit_with(main)
