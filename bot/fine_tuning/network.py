"""The encoder with four heads, in TensorFlow: level, signals, subject and topic are learned together."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoder.encoder import DIMENSIONS, MAX_TOKENS
from bot.fine_tuning.noise import noisy
from bot.fine_tuning.targets import Targets
from bot.triage.learned import LEVELS, SIGNALS, SUBJECTS
from bot.triage.normalise import normalise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["TRANSFORMERS_OFFLINE"] = "1"

import tensorflow as tf
from tokenizers import Tokenizer
from transformers import TFBertModel

# Multiplies in 16 bits (bfloat16) where the processor can, and keeps weights and sums in 32: a quarter less time, the
# same losses to four digits.
tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})

BATCH = 32
PEAK_RATE = 1e-4
WARM_UP = 0.06
SMOOTHING = 0.05
WEIGHTS = {"level": 1.0, "signals": 3.0, "subject": 0.2, "label": 1.0}
WIDTHS = (16, 24, 32, 48, 64, 96, MAX_TOKENS)
"""Tokens. Batches are padded to one of these, so that TensorFlow compiles seven graphs and not a hundred."""


class Network:
    """Trains in place; `save` writes the encoder alone."""

    def __init__(self, directory: Path, labels: Sequence[str], epochs: int, messages: int, seed: int = 0) -> None:
        """`directory` holds the published weights."""
        tf.keras.utils.set_random_seed(seed)
        self._bert = TFBertModel.from_pretrained(str(directory))
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        sizes = {"level": len(LEVELS), "signals": len(SIGNALS), "subject": len(SUBJECTS), "label": len(labels)}
        self._heads = {
            name: tf.Variable(tf.random.normal([DIMENSIONS + 1, size], stddev=0.02), name=name)
            for name, size in sizes.items()
        }
        self._steps = epochs * math.ceil(messages / BATCH)
        self._optimizer = tf.keras.optimizers.Adam(learning_rate=0.0, global_clipnorm=1.0)
        self._done = 0
        self._draw = random.Random(seed)  # noqa: S311 - noise for training, no secret
        self._train_step = tf.function(self._step, reduce_retracing=False)

    def epoch(self, texts: Sequence[str], targets: Targets) -> Iterator[float]:
        """One pass in random order, with noise; yields the loss of each batch."""
        rows = [self._ids(noisy(text, self._draw)) for text in texts]
        for chosen in self._batches([len(row) for row in rows]):
            ids, mask = _padded([rows[i] for i in chosen])
            self._optimizer.learning_rate = self._rate()
            loss = self._train_step(
                ids,
                mask,
                targets.level[chosen],
                targets.signals[chosen],
                targets.subject[chosen],
                targets.label[chosen],
                targets.share[chosen],
            )
            self._done += 1
            yield float(loss)

    def guesses(self, texts: Sequence[str], head: str) -> Any:
        """Probabilities (messages, classes) by the network's own head "level" or "label", to watch the training by."""
        rows = [self._ids(text) for text in texts]
        out = np.zeros((len(rows), self._heads[head].shape[1]))
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            ids, mask = _padded([rows[i] for i in chosen])
            out[chosen] = tf.nn.softmax(self._logits(self._vectors(ids, mask, training=False))[head]).numpy()
        return out

    def save(self, directory: Path) -> None:
        """The encoder in the published format, for `bot.encoder.export`."""
        self._bert.save_pretrained(str(directory), safe_serialization=True)
        self._tokenizer.no_truncation()
        self._tokenizer.save(str(directory / "tokenizer.json"))

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(normalise(text).text).ids)

    def _rate(self) -> float:
        warm = max(1, int(self._steps * WARM_UP))
        if self._done < warm:
            return PEAK_RATE * (self._done + 1) / warm
        return PEAK_RATE * max(0.02, (self._steps - self._done) / (self._steps - warm))

    def _batches(self, lengths: list[int]) -> list[list[int]]:
        """Messages of like length together, in random order."""
        order = sorted(range(len(lengths)), key=lambda i: (lengths[i] + self._draw.randint(-3, 3), self._draw.random()))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        self._draw.shuffle(batches)
        return batches

    def _vectors(self, ids: Any, mask: Any, training: bool) -> Any:
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": tf.zeros_like(ids)}
        hidden = self._bert(inputs, training=training).last_hidden_state
        counts = tf.cast(mask[:, :, None], tf.float32)
        return tf.reduce_sum(hidden * counts, 1) / tf.reduce_sum(counts, 1)

    def _logits(self, vectors: Any) -> dict[str, Any]:
        return {name: vectors @ head[:-1] + head[-1] for name, head in self._heads.items()}

    def _step(self, ids: Any, mask: Any, level: Any, signals: Any, subject: Any, label: Any, share: Any) -> Any:
        with tf.GradientTape() as tape:
            logits = self._logits(self._vectors(ids, mask, training=True))
            known = tf.cast(subject >= 0, tf.float32)
            by_subject = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(subject, 0), logits["subject"])
            losses = {
                "level": tf.reduce_mean(_smooth(level, logits["level"])),
                "signals": tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(signals, logits["signals"])),
                "subject": tf.reduce_sum(by_subject * known) / tf.maximum(tf.reduce_sum(known), 1.0),
                "label": tf.reduce_mean(share * _smooth(label, logits["label"])),
            }
            loss = tf.add_n([WEIGHTS[name] * value for name, value in losses.items()])
        variables = [*self._bert.trainable_variables, *self._heads.values()]
        # Within a graph TensorFlow puts a zip of its own in place of Python's, and that one knows no `strict`.
        gradients = [(g, v) for g, v in zip(tape.gradient(loss, variables), variables) if g is not None]  # noqa: B905
        self._optimizer.apply_gradients(gradients)
        return loss


def _smooth(wanted: Any, logits: Any) -> Any:
    classes = tf.one_hot(wanted, logits.shape[-1])
    return tf.keras.losses.categorical_crossentropy(classes, logits, from_logits=True, label_smoothing=SMOOTHING)


def _padded(rows: list[list[int]]) -> tuple[Any, Any]:
    width = next(width for width in WIDTHS if width >= max(map(len, rows)))
    ids = np.zeros((len(rows), width), dtype=np.int32)
    mask = np.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return ids, mask
