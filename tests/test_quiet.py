"""What a library says to its developers is not shown; what concerns us is."""

from __future__ import annotations

import logging
import subprocess
import warnings
from collections.abc import Iterator

import pytest

from bot.paths import ROOT
from bot.quiet import quiet, quiet_libraries


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    shown = warnings.showwarning
    yield
    warnings.showwarning = shown


LIBRARY = ".venv/lib/python3.10/site-packages/rasa/x.py"
WARNED = {
    "a library's deprecation": (DeprecationWarning, LIBRARY, False),
    "one of the libraries' own kinds": (FutureWarning, LIBRARY, False),
    "what a library found wrong with us": (UserWarning, LIBRARY, True),
    "a deprecation of ours": (DeprecationWarning, "bot/nlg.py", True),
    "in an action": (FutureWarning, "actions/suggest_topics.py", True),
}


@pytest.mark.parametrize(("category", "file", "shown"), WARNED.values(), ids=WARNED)
def test_whose_warnings_are_shown(
    capsys: pytest.CaptureFixture[str], category: type[Warning], file: str, *, shown: bool
) -> None:
    quiet()
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # as Sanic does
        warnings.warn_explicit("the words", category, str(ROOT / file), 1)
    assert ("the words" in capsys.readouterr().err) is shown


@pytest.mark.parametrize("shown", [True, False], ids=["about something", "about entities"])
def test_rasa_test_is_silent_about_entities(capsys: pytest.CaptureFixture[str], *, shown: bool) -> None:
    quiet_libraries()
    words = "other words" if shown else "No labels to evaluate. Skip evaluation."
    warnings.warn_explicit(words, UserWarning, str(ROOT / LIBRARY), 1)
    record = logging.makeLogRecord({"name": "rasa.model_testing", "msg": words})
    assert (words in capsys.readouterr().err) is shown
    assert bool(logging.getLogger("rasa.model_testing").filter(record)) is shown


def test_rasas_own_command_warns_of_nothing_that_is_not_ours() -> None:
    done = subprocess.run(
        [ROOT / ".venv/bin/rasa", "data", "validate", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "validate" in done.stdout
    assert done.stderr == ""
