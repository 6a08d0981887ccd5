"""Sentences to vectors."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from bot.encoder.errors import EncoderError
from bot.encoder.export import MODEL, TOKENIZER

DIMENSIONS = 384
MAX_TOKENS = 128
"""Longer texts are cut here by the encoder; the reader cuts a message into sentences before it comes to that."""

MANY = 100
"""Texts from which all cores are used, one text each."""

Vectors = npt.NDArray[np.float32]


class Encoder:
    """all-MiniLM-L6-v2 on ONNX Runtime. One call from several threads at once is fine."""

    def __init__(self, directory: Path, threads: int = 1) -> None:
        """`directory` is one that `export` wrote. Raises EncoderError when it is not."""
        if not (directory / MODEL).is_file() or not (directory / TOKENIZER).is_file():
            raise EncoderError(f"no encoder in {directory}: run `make setup` (or `helpline export-encoder`)")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(directory / MODEL), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`len(texts)` rows of 384 numbers, each row of length 1; the dot product of two rows is their cosine.

        One text at a time: dynamic int8 takes its scale from all it is given, so a row would depend on its neighbours.
        """
        if len(texts) < MANY:
            found = [self._run(text) for text in texts]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                found = list(pool.map(self._run, texts))
        return np.array(found, dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def _run(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        outputs = self._session.run(None, {"input_ids": np.asarray([encoding.ids], dtype=np.int32)})
        return np.asarray(outputs[0][0], dtype=np.float32)


@lru_cache(maxsize=2)
def load_encoder(directory: Path, threads: int = 1) -> Encoder:
    """The encoder of that folder, loaded once a process: every component shares it."""
    return Encoder(directory, threads)
