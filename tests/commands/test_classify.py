"""`helpline classify`: each line of standard input its own conversation, one JSON object a line in the same order."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import cli
from bot.commands import classify, load, replay
from bot.paths import ROOT
from bot.runtime import Runtime

MESSAGES = [
    "why do my legs jerk on oxycodone?",
    "i cant stop taking them",
    "my brother took too many and wont wake up",
    "hello",
    "",
    "/restart",
    "¿qué es la mioclonía? 😭",
]
FIELDS = ["text", "level", "signals", "subject", "evidence", "intent", "topic", "confidence", "replies"]
KINDS = {"answer", "unsure", "handoff", "crisis", "emergency", "safety"}
A_SECOND = 12
"""Messages. The goal is 30 on free cores, which `make bench` measures; this only notices another order of it."""


def classified(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: bytes, *options: str
) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, rows and standard error."""
    monkeypatch.setattr(classify, "load", lambda: runtime)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    code = cli.main(["classify", *options])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


@pytest.fixture
def rows(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    code, found, err = classified(runtime, monkeypatch, capsys, "\n".join(MESSAGES).encode())
    assert (code, err) == (0, "")
    return found


def test_one_row_a_line_in_their_order(rows: list[dict[str, Any]]) -> None:
    assert [row["text"] for row in rows] == MESSAGES


def test_the_fields_in_their_order(rows: list[dict[str, Any]]) -> None:
    assert all(list(row) == FIELDS for row in rows)
    assert all(list(reply) == ["text", "kind", "buttons"] for row in rows for reply in row["replies"])


def test_what_is_found(rows: list[dict[str, Any]]) -> None:
    assert [(row["level"], row["topic"]) for row in rows[:4]] == [
        ("none", "can_opioids_cause_it"),
        ("addiction", None),
        ("emergency", None),
        ("none", "chitchat"),
    ]
    assert all(row["replies"] for row in rows)
    assert {reply["kind"] for row in rows for reply in row["replies"]} <= KINDS


SPANISH = {
    "mi hermano no despierta": "emergency",
    "hola me quiero morir": "crisis",
    "no puedo dejar las pastillas": "handoff",
    "hola, ¿qué es la mioclonía?": "answer",
}


def test_the_one_spanish_reply_is_help_where_help_is_needed(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found, _ = classified(runtime, monkeypatch, capsys, "\n".join(SPANISH).encode())
    assert {row["text"]: [reply["kind"] for reply in row["replies"]] for row in found} == {
        text: [kind] for text, kind in SPANISH.items()
    }


def test_evidence_lies_in_the_line(rows: list[dict[str, Any]]) -> None:
    spans = [(row["text"], one["start"], one["end"]) for row in rows for one in row["evidence"]]
    assert spans
    assert all(0 <= start < end <= len(text) for text, start, end in spans)


def test_each_line_is_its_own_conversation(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found, _ = classified(runtime, monkeypatch, capsys, b"i want to die\nyes\nhello\nyes\n")
    assert found[1]["level"] == found[3]["level"]
    assert found[1]["replies"] == found[3]["replies"]


def test_sms_has_its_own_words(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found, _ = classified(runtime, monkeypatch, capsys, b"my brother wont wake up\n", "--channel", "sms")
    assert len(found[0]["replies"][0]["text"]) <= 160
    assert found[0]["replies"][0]["buttons"] == []


def test_a_line_that_is_not_utf_8_ends_it_with_its_number(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found, err = classified(runtime, monkeypatch, capsys, b"hello\nthanks\ncaf\xe9\nbye\n")
    assert (code, len(found)) == (2, 2)
    assert err == "helpline: line 3 is not UTF-8: save the messages as UTF-8\n"


def test_it_is_fast_enough(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(MESSAGES * 5).encode()
    seconds = []
    for _ in range(5):
        began = time.process_time()
        _, found, _ = classified(runtime, monkeypatch, capsys, text)
        seconds.append((time.process_time() - began) / len(found))
    assert min(seconds) <= 1 / A_SECOND


def test_without_a_model_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "Runtime", lambda: Runtime(tmp_path))
    assert cli.main(["classify"]) == 2
    assert capsys.readouterr().err == f"helpline: no trained model in {tmp_path}: run `make train`\n"


@pytest.mark.parametrize("command", [["chat"], ["classify"], ["replay", os.devnull]], ids=lambda words: words[0])
def test_an_outdated_model_is_refused(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "helpline.tar.gz").write_bytes(b"")
    (tmp_path / "trained.json").write_text('{"content": "of another day", "model": "helpline.tar.gz"}')
    monkeypatch.setattr(load, "Runtime", lambda: Runtime(tmp_path))
    monkeypatch.setattr(replay, "read", lambda _: [])
    assert cli.main(command) == 2
    assert capsys.readouterr().err == ("helpline: the model is older than the data or code here: run `make train`\n")


def test_the_command_itself(models: Path) -> None:
    """Through the program's own door: JSON on standard output and nothing else, whatever the libraries say."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "classify"],
        cwd=ROOT,
        input="i want to die\n",
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["level"] == "crisis"
