"""Weights as published (safetensors) to what runs here: an ONNX graph with int8 weights (`bot.encoder.graph`)."""

import json
import shutil
from pathlib import Path
from typing import Any

import onnx
from safetensors import SafetensorError  # type: ignore[attr-defined]  # made in Rust, its stub does not name it
from safetensors.numpy import load_file

from bot.encoder.errors import EncoderError
from bot.encoder.graph import VERSION, Shape, build
from bot.encoder.source import CONFIG, WEIGHTS, checked_directory, sha256

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
STAMP = "source.json"


def export(target: Path, source: str = "") -> bool:
    """Write the runnable encoder into `target`. True when written, False when it was there already for the same
    weights.

    Raises EncoderError when the weights are missing or not the published ones.
    """
    directory = checked_directory(source)
    stamp = {"weights": sha256(directory / WEIGHTS), "graph": VERSION}
    if _stamp_of(target) == stamp:
        return False
    target.mkdir(parents=True, exist_ok=True)
    _write(directory, target / MODEL)
    shutil.copyfile(directory / TOKENIZER, target / TOKENIZER)
    (target / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    return True


def _stamp_of(target: Path) -> Any:
    complete = all((target / name).is_file() for name in (MODEL, TOKENIZER, STAMP))
    return json.loads((target / STAMP).read_text(encoding="utf-8")) if complete else None


def _write(directory: Path, path: Path) -> None:
    """All of it or nothing, whenever the process ends."""
    try:
        config = json.loads((directory / CONFIG).read_text(encoding="utf-8"))
        shape = Shape(config["num_attention_heads"], config["layer_norm_eps"])
        model = build(load_file(str(directory / WEIGHTS)), shape)
    except (KeyError, ValueError, SafetensorError) as error:
        raise EncoderError(f"{directory} does not hold a BERT model in the published format: {error}") from error
    scratch = path.with_suffix(".part")
    onnx.save(model, str(scratch))
    scratch.replace(path)
