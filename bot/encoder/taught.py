"""Which messages an encoder was taught with: those it knows by heart lie better in its space than any to come."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

TAUGHT = "taught.npy"
"""Beside the weights: CRC-32 of each message, sorted."""

Bools = npt.NDArray[np.bool_]


def remember(directory: Path, texts: Sequence[str]) -> None:
    """Write down what the encoder of this folder was taught with."""
    np.save(directory / TAUGHT, np.unique(_marks(texts)))


def new_to(directory: Path, texts: Sequence[str]) -> Bools:
    """Whether each message is new to the encoder of this folder; all are where it was taught with none of ours."""
    file = directory / TAUGHT
    if not file.is_file():
        return np.ones(len(texts), dtype=np.bool_)
    return ~np.isin(_marks(texts), np.load(file))


def _marks(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    return np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.uint32)
