"""The encoder with four heads, in TensorFlow: level, signals, subject and topic are learned together."""

from __future__ import annotations

import math
import os
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoder.encoder import DIMENSIONS, MAX_TOKENS
from bot.encoder.export import TOKENIZER
from bot.encoder.source import WEIGHTS as PUBLISHED
from bot.fine_tuning.joined import joined
from bot.fine_tuning.noise import noisy
from bot.fine_tuning.targets import Targets
from bot.fine_tuning.tensors import blended, published_tensors
from bot.processor import half_precision
from bot.triage.learned import LEVELS, SIGNALS, SUBJECTS
from bot.triage.normalise import normalise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["TRANSFORMERS_OFFLINE"] = "1"

import tensorflow as tf
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer
from transformers import TFBertModel

if half_precision():
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})

BATCH = 32
PEAK_RATE = 1e-4
SLOWER = 0.9
"""Each layer learns at this share of the rate of the one above it, and the words' own vectors stay as published: what
is known of language in general stays, and with it what to make of a message unlike all examples.
"""
LAYERS = 6
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
        self._directory = directory
        self._tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        sizes = {"level": len(LEVELS), "signals": len(SIGNALS), "subject": len(SUBJECTS), "label": len(labels)}
        self._heads = {
            name: tf.Variable(tf.random.normal([DIMENSIONS + 1, size], stddev=0.02), name=name)
            for name, size in sizes.items()
        }
        self._steps = epochs * math.ceil(messages / BATCH)
        self._groups = _by_depth([*self._bert.trainable_variables, *self._heads.values()])
        self._optimizers = {depth: tf.keras.optimizers.legacy.Adam(learning_rate=0.0) for depth in self._groups}
        self._done = 0
        self._draw = random.Random(seed)  # noqa: S311 - noise for training, no secret
        self._train_step = tf.function(self._step, reduce_retracing=False)

    def epoch(self, texts: Sequence[str], targets: Targets) -> Iterator[float]:
        """One pass in random order, some messages joined and some mistyped; yields the loss of each batch."""
        texts, targets = joined(texts, targets, self._draw)
        rows = [self._ids(noisy(text, self._draw)) for text in texts]
        for chosen in self._batches([len(row) for row in rows]):
            ids, mask = _padded([rows[i] for i in chosen])
            for depth, optimizer in self._optimizers.items():
                optimizer.learning_rate = self._rate() * SLOWER**depth
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
        """The encoder, blended with the published one, in its format, for `bot.encoder.export`."""
        directory.mkdir(parents=True, exist_ok=True)
        tensors = blended(published_tensors(self._bert.weights), load_file(str(self._directory / PUBLISHED)))
        save_file(tensors, str(directory / PUBLISHED))
        self._bert.config.save_pretrained(str(directory))
        shutil.copyfile(self._directory / TOKENIZER, directory / TOKENIZER)

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
        groups = list(self._groups.values())
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, [one for group in groups for one in group]), 1.0)
        for depth, variables in self._groups.items():
            self._optimizers[depth].apply_gradients([(gradients.pop(0), one) for one in variables])
        return loss


def _by_depth(variables: Sequence[Any]) -> dict[int, list[Any]]:
    """What is taught, by how many layers lie above: 0 for the heads, 1 for the last layer."""
    groups: dict[int, list[Any]] = {}
    for one in variables:
        layer = re.search(r"/layer_\._(\d+)/", one.name)
        if layer or "/bert/" not in one.name:
            groups.setdefault(LAYERS - int(layer[1]) if layer else 0, []).append(one)
    return groups


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
