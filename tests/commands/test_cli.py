"""`helpline`: what there is, and how it ends."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from bot import cli, rasa_command
from bot.commands import chat
from bot.paths import ROOT
from bot.processor import ArithmeticFault
from bot.runtime import Runtime


def helpline(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )


def test_help_names_every_command() -> None:
    text = helpline("--help").stdout
    assert all(f"\n    {name}" in text for name in cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_there_is_can_run(name: str) -> None:
    module = cli._module(name)
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_an_unknown_command_is_refused() -> None:
    assert helpline("dance").returncode == 2


def test_settings_that_are_right() -> None:
    done = helpline("check-settings")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_settings_that_are_wrong() -> None:
    done = helpline("check-settings", HELPLINE_NUMBER="12")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("helpline: HELPLINE_NUMBER: '12' is not a possible US phone number")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "name"), [(lambda: cli.main(["check-settings"]), "helpline"), (rasa_command.main, "rasa")]
)
def test_wrong_arithmetic_ends_a_command_before_it_does_anything(
    command: Callable[[], int], name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault() -> None:
        raise ArithmeticFault("set it right")

    monkeypatch.setattr("bot.processor.check_arithmetic", fault)
    monkeypatch.setattr(rasa_command, "check_arithmetic", fault)
    with pytest.raises(SystemExit, match="2"):
        sys.exit(command())
    assert capsys.readouterr().err == f"{name}: set it right\n"


def test_a_conversation_in_the_terminal(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: Iterator[str] = iter(["i want to die", "yes"])

    def typed(prompt: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(chat, "load", lambda: runtime)
    monkeypatch.setattr(builtins, "input", typed)
    assert cli.main(["chat"]) == 0
    out = capsys.readouterr().out
    assert "[crisis] " in out
    assert "( Text 988 )" in out
    assert "[emergency] " in out
