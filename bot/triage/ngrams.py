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

Floats = npt.NDArray[np.float64]

PENALTY = 2e-5
PASSES = 12
"""Over the examples; not worse than logistic regression solved exactly, in a fraction of its time (decisions/0005)."""
SEEN_TWICE = 2
"""An n-gram of one message alone says nothing about the next."""


@dataclass(frozen=True)
class Ngrams:
    """Logistic regression on words, word pairs and letter groups of normalised text; each class against the rest."""

    words: TfidfVectorizer
    letters: TfidfVectorizer
    classes: tuple[str, ...]
    """In the order of the columns: sorted."""
    word_weights: Floats
    """(n-grams of `words`, classes), row by row in memory: scipy would copy it for every message otherwise."""
    letter_weights: Floats
    bias: Floats
    """(classes,)."""

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """(messages, classes), each row a probability of 1 shared."""
        by_words = self.words.transform(texts) @ self.word_weights
        by_letters = self.letters.transform(texts) @ self.letter_weights
        each = 1 / (1 + np.exp(-(by_words + by_letters + self.bias)))
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
    by_words, by_letters = np.split(np.ascontiguousarray(weights), [len(words.vocabulary_)])
    return Ngrams(words, letters, tuple(model.classes_), by_words, by_letters, bias)
