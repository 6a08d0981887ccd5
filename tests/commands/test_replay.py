"""`helpline replay FILE`: conversations in, one JSON object a turn out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import cli
from bot.commands import replay
from bot.runtime import Runtime

CONVERSATIONS = [
    {"id": "a", "channel": "web", "turns": [{"user": "i want to die"}, {"user": "yes"}]},
    {"id": 7, "channel": "sms", "turns": [{"user": "hello"}, {"user": "yes"}]},
    {"id": "es", "turns": [{"user": "me quiero morir"}]},
    {"turns": [{"user": "what is myoclonus?"}]},
]
BAD: dict[str, tuple[bytes, str]] = {
    "not YAML": (b"- [", "not readable as UTF-8 YAML"),
    "not UTF-8": (b"- caf\xe9", "not readable as UTF-8 YAML"),
    "empty": (b"", "must be a list of conversations"),
    "no list": (b"id: a", "must be a list of conversations"),
    "no conversation": (b"- hello", "conversation 1: needs id, channel and a list of turns"),
    "no turns": (b"- {id: a}", "conversation 1: needs id, channel and a list of turns"),
    "turns that are no list": (b"- {id: a, turns: hello}", "conversation 1: needs id, channel and a list of turns"),
    "another channel": (b"- {id: a, channel: fax, turns: []}", "conversation 1: channel 'fax' is not one of sms, web"),
    "a list for a channel": (b"- {id: a, channel: [web], turns: []}", "is not one of sms, web"),
    "a turn of the assistant's": (b"- {id: a, turns: [{bot: hi}]}", "conversation 1: turn 1 needs a text under `user`"),
    "a number for a text": (b"- {id: a, turns: [{user: hi}, {user: 5}]}", "turn 2 needs a text under `user`"),
    "the second": (b"- {id: a, turns: []}\n- {id: b}", "conversation 2: needs id"),
    "a date for an id": (b"- {id: 2024-05-01, turns: []}", "conversation 1: "),
}


def test_each_turn_in_its_conversation(
    tmp_path: Path, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(replay, "load", lambda: runtime)
    file = tmp_path / "conversations.yml"
    file.write_text(yaml.safe_dump(CONVERSATIONS))
    assert cli.main(["replay", str(file)]) == 0
    rows: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(list(row) == ["id", "turn", "user", "level", "topic", "replies"] for row in rows)
    assert [(row["id"], row["turn"], row["level"]) for row in rows] == [
        ("a", 1, "crisis"),
        ("a", 2, "emergency"),
        (7, 1, "none"),
        (7, 2, "none"),
        ("es", 1, "crisis"),
        (4, 1, "none"),
    ]
    assert [reply["kind"] for reply in rows[4]["replies"]] == ["crisis"]
    assert rows[-1]["topic"] == "what_is_myoclonus"


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_is_one_line_that_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    file = tmp_path / "conversations.yml"
    file.write_bytes(content)
    assert cli.main(["replay", str(file)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"helpline: {file}: ")
    assert message in err
    assert err.count("\n") == 1


def test_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["replay", str(tmp_path / "none.yml")]) == 2
    assert capsys.readouterr().err == f"helpline: {tmp_path / 'none.yml'}: no such file\n"


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["replay", str(tmp_path)]) == 2
    assert "not readable" in capsys.readouterr().err
