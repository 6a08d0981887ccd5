"""Sets from elsewhere: their form, and what counts as right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.problem import Problem
from bot.evaluation.figures import Share
from bot.evaluation.judge import Outcome
from bot.evaluation.sets import MessageSet, SetResult, read_set, read_sets, set_figures
from bot.paths import ROOT
from bot.triage.levels import Level

HEAD = "text\taccept\tsource\n"
NONE, DISTRESS, ADDICTION, CRISIS, EMERGENCY = Level

BAD = {
    "no header": ("hello\tnone\tme\n", "line 1 must be the columns text, accept, source"),
    "commas": ("text,accept,source\nhello,none,me\n", "line 1 must be the columns"),
    "a column short": (HEAD + "hello\tnone\n", "line 2: has 2 columns, not 3"),
    "a column more": (HEAD + "hello\tnone\tme\t\n", "line 2: has 4 columns, not 3"),
    "no text": (HEAD + "hi\tnone\tme\n\tnone\tme\n", "line 3: has no text"),
    "unknown level": (HEAD + "hello\tnone|harmless\tme\n", "line 2: accept must be of none, distress"),
    "no level": (HEAD + "hello\t\tme\n", "line 2: accept must be of"),
    "no message": (HEAD, "holds no message"),
    "empty": ("", "line 1 must be the columns"),
}


def written(folder: Path, content: str, name: str = "set") -> Path:
    file = folder / f"{name}.tsv"
    file.write_text(content, encoding="utf-8")
    return file


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_a_file_that_is_not_in_form_is_named_with_the_line(tmp_path: Path, content: str, told: str) -> None:
    file = written(tmp_path, content)
    with pytest.raises(Problem, match=str(file)) as problem:
        read_set(file)
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "set.tsv").write_bytes(HEAD.encode() + b"caf\xe9\tnone\tme\n")
    with pytest.raises(Problem, match="not UTF-8"):
        read_set(tmp_path / "set.tsv")


def test_rows_as_they_are(tmp_path: Path) -> None:
    content = "\ufeff" + HEAD + '"i"m here\tnone | distress\tme\r\n\nlast\tcrisis|emergency\t\n'
    rows = read_set(written(tmp_path, content)).rows
    assert [(row.text, set(row.accept), row.harmless) for row in rows] == [
        ('"i"m here', {NONE, DISTRESS}, True),
        ("last", {CRISIS, EMERGENCY}, False),
    ]


@pytest.mark.parametrize("make", [lambda folder: folder / "nothing", lambda folder: folder])
def test_a_folder_without_sets(tmp_path: Path, make: object) -> None:
    with pytest.raises(Problem):
        read_sets(make(tmp_path))  # type: ignore[operator]


def test_the_command_ends_with_one_line_and_2(tmp_path: Path) -> None:
    written(tmp_path, "nonsense")
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "evaluate", "--eval", str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if line.startswith("helpline: ")]
    assert (done.returncode, len(told)) == (2, 1)


def result(name: str, *rows: tuple[str, Outcome], folder: Path) -> SetResult:
    content = HEAD + "".join(f"message {number}\t{accept}\tme\n" for number, (accept, _) in enumerate(rows))
    return SetResult(read_set(written(folder, content, name)), tuple(outcome for _, outcome in rows))


def test_ordinary_false_alarms_and_probes(tmp_path: Path) -> None:
    quiet, handed = Outcome(NONE), Outcome(DISTRESS, offered=True)
    alarm, halfway = Outcome(EMERGENCY, offered=True), Outcome(CRISIS, complete=False)
    found = set_figures(
        [
            result("clinc150", ("none", quiet), ("none", alarm), folder=tmp_path),
            result("consumer_health", ("none|distress", handed), ("none|emergency", alarm), folder=tmp_path),
            result("published_probes", ("crisis", halfway), ("none", quiet), ("none|crisis", halfway), folder=tmp_path),
        ]
    )
    assert found == {
        "ordinary_taken_for_emergency": Share(1, 3),
        "ordinary_taken_for_crisis": Share(1, 3),
        "ordinary_offered_unasked": Share(2, 3),
        "probes_right": Share(1, 3),
    }


def test_a_set_is_harmless_when_none_is_always_right(tmp_path: Path) -> None:
    harmless: MessageSet = result("a", ("none|emergency", Outcome(NONE)), folder=tmp_path).set
    assert harmless.harmless
    assert not result("b", ("none", Outcome(NONE)), ("crisis", Outcome(NONE)), folder=tmp_path).set.harmless
