"""Vectors that are worked out once: encoding all examples takes a minute. Kept in var/ until either changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.encoder import Encoder, load_encoder
from bot.encoder.export import MODEL, STAMP, export
from bot.encoder.source import PUBLISHED_SHA256, sha256
from bot.evaluation.progress import counted
from bot.paths import ENCODER, MODELS, ROOT, WEIGHTS
from bot.triage.normalise import normalise
from bot.triage.reader import SentenceVectors

Vectors = npt.NDArray[np.float32]

CACHE = ROOT / "var" / "evaluation"
PUBLISHED = MODELS / "published"
PORTION = 1000


class RememberingEncoder:
    """An encoder that keeps what it worked out; `save` writes it down for the next run."""

    def __init__(self, directory: Path = WEIGHTS, cache: Path = CACHE) -> None:
        """Raises EncoderError when the directory holds no encoder."""
        self._encoder: Encoder = load_encoder(directory)
        self._file = cache / f"rows-{sha256(directory / MODEL)[:16]}.npz"
        self._known: dict[str, Vectors] = self._read()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode`, which reads one text at a time: a row does not hang on its neighbours."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        self._known |= dict(zip(unknown, self._encoder.encode(list(unknown.values())), strict=True))
        return np.stack([self._known[key] for key in keys])

    def save(self) -> None:
        """Keep all that is known."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        scratch = self._file.with_suffix(".part.npz")
        np.savez(scratch, keys=np.array(list(self._known)), rows=np.stack(list(self._known.values())))
        scratch.replace(self._file)

    def _read(self) -> dict[str, Vectors]:
        if not self._file.is_file():
            return {}
        with np.load(self._file) as kept:
            return dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))


def is_published(directory: Path) -> bool:
    """Whether the encoder has the publisher's weights, which have seen none of our messages."""
    return PUBLISHED_SHA256 in (directory / STAMP).read_text(encoding="utf-8")


def published_encoder() -> Path:
    """Folder of the encoder as published; exported first (half a minute) when an operator's own is in its place.

    Likeness of two texts is measured with this one: weights that were taught levels find all of one level alike.
    """
    if is_published(ENCODER):
        return ENCODER
    export(PUBLISHED)
    return PUBLISHED


def wholes(title: str, messages: Sequence[str], encoder: SentenceVectors) -> Vectors:
    """One vector a message; tells how far it is under this title."""
    portions = [messages[start : start + PORTION] for start in range(0, len(messages), PORTION)]
    texts = ([normalise(message).text for message in portion] for portion in portions)
    return np.concatenate([encoder.encode(text) for text in counted(f"{title}, thousands", texts, len(portions))])


def near_pairs(left: Vectors, right: Vectors, cosine: float) -> list[tuple[int, int, float]]:
    """(row of left, row of right, cosine) of all that are more alike than `cosine`."""
    found = []
    for start in range(0, len(left), 1000):
        likeness = left[start : start + 1000] @ right.T
        found += [
            (start + int(i), int(j), float(likeness[i, j])) for i, j in zip(*np.nonzero(likeness > cosine), strict=True)
        ]
    return found


def near_within(vectors: Vectors, cosine: float) -> list[tuple[int, int, float]]:
    """The same within one list; each pair once, the first row first."""
    return [(i, j, c) for i, j, c in near_pairs(vectors, vectors, cosine) if i < j]
