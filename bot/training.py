"""Training, only when something that matters changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from bot.commands.problem import Problem
from bot.paths import MODELS, ROOT

DATA = ("data", "config.yml", "domain.yml")
CODE = ("bot/encoder", "bot/importer.py", "bot/nlu", "bot/policies", "bot/triage", "requirements.lock")
MODEL = "helpline"
OUTDATED = "the model is older than the data or code here: run `make train`"
RECORD = MODELS / "trained.json"
SUFFIXES = {".py", ".yml", ".lock", ".json", ".npy"}


def content_hash(root: Path = ROOT) -> str:
    """Hex digest of everything a model is made from."""
    digest = hashlib.sha256()
    for name in (*DATA, *CODE):
        path = root / name
        files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES) if path.is_dir() else [path]
        for file in files:
            digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def train(force: bool = False) -> bool:
    """Train into models/. False when the newest model was made from what lies here. Problem when training fails."""
    wanted = content_hash()
    if not force and _recorded(RECORD) == wanted:
        return False
    import rasa

    result = rasa.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data")],
        output=str(MODELS),
        fixed_model_name=MODEL,
        force_training=True,
    )
    if result.code or not result.model:
        raise Problem(f"training failed (code {result.code}); the lines above say why")
    RECORD.write_text(json.dumps({"content": wanted, "model": Path(result.model).name}), encoding="utf-8")
    return True


def is_outdated(model: Path) -> bool:
    """Whether the newest model of a folder is not the one that `make train` would make of what lies here.

    Only the model that `make train` writes is judged, by the record beside it. One of another name (`rasa train` makes
    such) is somebody's own choice, as is one that is named by its file (`rasa run --model FILE`): don't ask for those.
    """
    return model.name == f"{MODEL}.tar.gz" and _recorded(model.with_name(RECORD.name)) != content_hash()


def _recorded(file: Path) -> str | None:
    """What the recorded model was made from; None when there is no such record, or no such model beside it."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record["content"] if file.with_name(record["model"]).is_file() else None
