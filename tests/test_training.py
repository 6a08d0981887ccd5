"""Training happens when something that matters changed, and only then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import rasa

from bot import training
from bot.commands.problem import Problem
from bot.paths import ROOT
from bot.training import CODE, DATA, content_hash, is_outdated, train


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What a model is made from, without the bulk of the examples."""
    for name in (*DATA, *CODE):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("nlu", "__pycache__", "*.onnx"))
        else:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def write(name: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("changed: true\n")

    return change


MATTERS = {
    "an example": write("data/nlu/new.yml"),
    "a rule of triage": write("bot/triage/data/rules/suicide.yml"),
    "the configuration": write("config.yml"),
    "the domain": write("domain.yml"),
    "code that reads": write("bot/nlu/choice.py"),
    "the encoder's weights": write("bot/encoder/weights/source.json"),
    "the packages": write("requirements.lock"),
    "a file that is gone": lambda root: (root / "data/rules.yml").unlink(),
}
DOES_NOT = {
    "the README": write("README.md"),
    "the front desk": write("frontdesk/x.py"),
    "a cache": write("bot/nlu/__pycache__/x.pyc"),
    "the encoder before it was taught": write("models/encoder/source.json"),
    "a test": write("tests/test_x.py"),
}


@pytest.mark.parametrize("change", MATTERS.values(), ids=MATTERS)
def test_what_makes_a_new_model(copy: Path, change: Callable[[Path], object]) -> None:
    before = content_hash(copy)
    change(copy)
    assert content_hash(copy) != before


@pytest.mark.parametrize("change", DOES_NOT.values(), ids=DOES_NOT)
def test_what_does_not(copy: Path, change: Callable[[Path], object]) -> None:
    before = content_hash(copy)
    change(copy)
    assert content_hash(copy) == before


@pytest.fixture
def rasa_train(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands in for Rasa's training; `code` and `calls` are the test's to set and read."""
    stand_in = SimpleNamespace(calls=0, code=0)

    def run(**_: object) -> SimpleNamespace:
        stand_in.calls += 1
        (tmp_path / "helpline.tar.gz").write_text("")
        return SimpleNamespace(code=stand_in.code, model=str(tmp_path / "helpline.tar.gz"))

    monkeypatch.setattr(rasa, "train", run)
    monkeypatch.setattr(training, "MODELS", tmp_path)
    monkeypatch.setattr(training, "RECORD", tmp_path / "trained.json")
    return stand_in


def test_it_trains_once(rasa_train: SimpleNamespace) -> None:
    assert [train(), train(), train(force=True)] == [True, False, True]
    assert rasa_train.calls == 2


@pytest.mark.parametrize("lost", ["helpline.tar.gz", "trained.json"])
def test_it_trains_again_when_a_file_is_lost(rasa_train: SimpleNamespace, tmp_path: Path, lost: str) -> None:
    train()
    (tmp_path / lost).unlink()
    assert train()


CHANGED = {
    "as it was trained": (lambda models: None, "helpline.tar.gz", False),
    "made from something else": (
        lambda models: (models / "trained.json").write_text('{"content": "0", "model": "helpline.tar.gz"}'),
        "helpline.tar.gz",
        True,
    ),
    "no record": (lambda models: (models / "trained.json").unlink(), "helpline.tar.gz", True),
    "a record of another model": (
        lambda models: (models / "trained.json").write_text(json.dumps({"content": content_hash(), "model": "x"})),
        "helpline.tar.gz",
        True,
    ),
    "somebody's own": (lambda models: (models / "trained.json").unlink(), "20260101-120000.tar.gz", False),
}


@pytest.mark.parametrize(("change", "model", "outdated"), CHANGED.values(), ids=CHANGED)
def test_which_model_is_outdated(
    rasa_train: SimpleNamespace, tmp_path: Path, change: Callable[[Path], object], model: str, *, outdated: bool
) -> None:
    train()
    change(tmp_path)
    assert is_outdated(tmp_path / model) is outdated


def test_a_record_that_can_not_be_read_is_none(rasa_train: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "trained.json").write_text("{")
    assert train()


def test_training_that_fails_is_told_and_not_recorded(rasa_train: SimpleNamespace, tmp_path: Path) -> None:
    rasa_train.code = 1
    with pytest.raises(Problem, match="code 1"):
        train()
    assert not (tmp_path / "trained.json").exists()


def test_the_record_names_the_model(rasa_train: SimpleNamespace, tmp_path: Path) -> None:
    train()
    assert json.loads((tmp_path / "trained.json").read_text())["model"] == "helpline.tar.gz"
