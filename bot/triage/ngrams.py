"""Levels from the words themselves: what the encoder blurs ("blues", "nodding out"), letters and word pairs keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

Floats = npt.NDArray[np.float64]

STRENGTH = 4.0
"""Inverse of the penalty on large weights (scikit-learn's C)."""


@dataclass(frozen=True)
class Ngrams:
    """Logistic regression on words, word pairs and letter groups of normalised text."""

    pipeline: Pipeline

    @property
    def classes(self) -> tuple[str, ...]:
        """In the order of the columns: sorted."""
        return tuple(self.pipeline.classes_)

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """(messages, classes), each row a probability of 1 shared."""
        return np.asarray(self.pipeline.predict_proba(list(texts)), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write ngrams.joblib; only ever read back from a model trained here."""
        joblib.dump(self.pipeline, folder / "ngrams.joblib", compress=3)

    @classmethod
    def load(cls, folder: Path) -> Ngrams:
        """What `save` wrote."""
        return cls(joblib.load(folder / "ngrams.joblib"))


def train_ngrams(texts: Sequence[str], labels: Sequence[str]) -> Ngrams:
    """`texts` are normalised. Classes with few examples weigh as much as those with many."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    layer = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
    pipeline = Pipeline([("features", FeatureUnion([("words", words), ("letters", letters)])), ("layer", layer)])
    return Ngrams(pipeline.fit(list(texts), list(labels)))
