"""The weights are the publisher's, or an operator's own, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.encoder import source
from bot.encoder.errors import EncoderError
from bot.encoder.source import PUBLISHED_SHA256, REQUIRED, WEIGHTS, checked_directory, sha256


def folder(path: Path, *, without: str = "") -> Path:
    for name in REQUIRED:
        if name != without:
            (path / name).write_bytes(b"{}")
    return path


def test_the_installed_weights_are_the_published_ones() -> None:
    assert sha256(checked_directory() / WEIGHTS) == PUBLISHED_SHA256


def test_other_weights_in_the_wheel_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "wheel_directory", lambda: folder(tmp_path))
    with pytest.raises(EncoderError, match="not the published file"):
        checked_directory()


def test_no_wheel_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "WHEEL_PACKAGE", "no_such_wheel")
    with pytest.raises(EncoderError, match="make setup"):
        checked_directory()


def test_an_operators_own_weights_are_taken(tmp_path: Path) -> None:
    assert checked_directory(str(folder(tmp_path))) == tmp_path


@pytest.mark.parametrize("name", REQUIRED)
def test_an_incomplete_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EncoderError, match=f"{name} is missing"):
        checked_directory(str(folder(tmp_path, without=name)))
