"""Levels from the words themselves: what the encoder blurs ("blues", "nodding out"), letters and word pairs keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from bot.triage.linear import Linear

Floats = npt.NDArray[np.float64]

PENALTY = 2e-5
PASSES = 12
"""Over the examples; not worse than logistic regression solved exactly, in a fraction of its time (decisions/0005)."""
SEEN_TWICE = 2
"""An n-gram of one message alone says nothing about the next."""


@dataclass(frozen=True)
class Ngrams:
    """Logistic regression on words, word pairs and letter groups of normalised text."""

    words: TfidfVectorizer
    letters: TfidfVectorizer
    layer: Linear
    """Each class against the rest. Its rows: those of `words`, then those of `letters`."""

    @property
    def classes(self) -> tuple[str, ...]:
        """In the order of the columns: sorted."""
        return self.layer.classes

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """(messages, classes), each row a probability of 1 shared."""
        features = hstack([self.words.transform(texts), self.letters.transform(texts)], "csr")
        each = self.layer.probabilities(features)
        return np.asarray(each / each.sum(axis=1, keepdims=True), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write ngrams.joblib; only ever read back from a model trained here."""
        joblib.dump(self, folder / "ngrams.joblib", compress=3)

    @classmethod
    def load(cls, folder: Path) -> Ngrams:
        """What `save` wrote."""
        loaded: Ngrams = joblib.load(folder / "ngrams.joblib")
        return loaded


def train_ngrams(texts: Sequence[str], labels: Sequence[str]) -> Ngrams:
    """`texts` are normalised. Classes with few examples weigh as much as those with many."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=SEEN_TWICE)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=SEEN_TWICE)
    features = hstack([words.fit_transform(texts), letters.fit_transform(texts)], "csr")
    model = SGDClassifier("log_loss", alpha=PENALTY, max_iter=PASSES, tol=None, class_weight="balanced", random_state=0)
    model.fit(features, list(labels))
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return Ngrams(words, letters, Linear(tuple(model.classes_), weights, bias, exclusive=False))
