"""Sentences to vectors: near when they mean the same, the same whatever stands beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.encoder import Encoder, load_encoder
from bot.encoder.encoder import DIMENSIONS
from bot.encoder.errors import EncoderError
from bot.encoder.export import MODEL, TOKENIZER
from bot.paths import ENCODER, WEIGHTS

TEXTS = ["my leg jerks at night", "x", "the weather is lovely in may " * 30, "", "😭", "i want to die"]


@pytest.fixture(params=[ENCODER, WEIGHTS], ids=["published", "fine-tuned"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return load_encoder(request.param)


def test_one_row_a_text_each_of_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.dtype("float32")
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


def test_no_texts_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_rows_come_in_the_order_of_the_texts_whatever_stands_beside_them(encoder: Encoder) -> None:
    many = [f"{'long ' * (i % 7)}message {i}" for i in range(100)]
    together = encoder.encode(many)
    for i in (0, 1, 50, 99):
        assert together[i] == pytest.approx(encoder.encode([many[i]])[0], abs=1e-4)


def test_what_means_the_same_is_near() -> None:
    asked, same, other = load_encoder(ENCODER).encode(
        ["do opioids cause muscle jerks?", "can painkillers make my muscles twitch?", "what time is the game on tv?"]
    )
    assert float(asked @ same) > float(asked @ other) + 0.2


def test_a_folder_without_an_encoder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="make setup"):
        Encoder(tmp_path)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_file_that_is_missing_is_enough_to_refuse(tmp_path: Path, name: str) -> None:
    (tmp_path / ({MODEL, TOKENIZER} - {name}).pop()).write_text("")
    with pytest.raises(EncoderError, match="no encoder in"):
        Encoder(tmp_path)


def test_an_encoder_is_loaded_once() -> None:
    assert load_encoder(ENCODER) is load_encoder(ENCODER)
