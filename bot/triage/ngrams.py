"""Levels from the words themselves: what the encoder blurs ("blues", "nodding out"), letters and word pairs keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import normalize

Floats = npt.NDArray[np.float64]

PENALTY = 2e-5
PASSES = 12
"""Over the examples; not worse than logistic regression solved exactly, in a fraction of its time (decisions/0005)."""
SEEN_TWICE = 2
"""An n-gram of one message alone says nothing about the next."""


@dataclass(frozen=True)
class Terms:
    """N-grams of one kind, and what each says for each class."""

    counter: CountVectorizer
    idf: Floats
    """(n-grams,): the rarer, the heavier."""
    weights: Floats
    """(n-grams, classes)."""

    def scores(self, texts: Sequence[str]) -> Floats:
        """(messages, classes)."""
        return np.stack([self._score(text) for text in texts])

    def _score(self, text: str) -> Floats:
        """What `weighed` and a product with the weights give, (classes,), without a sparse matrix for one row: making
        and checking one takes longer than all the rest.
        """
        known = self.counter.vocabulary_
        counts = Counter(known[term] for term in self._terms_of(text) if term in known)
        rows = np.fromiter(counts, np.intp, len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))) * self.idf[rows]
        length = np.sqrt(weights @ weights) or 1.0
        return np.asarray(weights @ self.weights[rows] / length, dtype=np.float64)

    @cached_property
    def _terms_of(self) -> Callable[[str], list[str]]:
        analyse: Callable[[str], list[str]] = self.counter.build_analyzer()
        return analyse


@dataclass(frozen=True)
class Ngrams:
    """Logistic regression on words, word pairs and letter groups of normalised text; each class against the rest."""

    words: Terms
    letters: Terms
    classes: tuple[str, ...]
    """In the order of the columns: sorted."""
    bias: Floats
    """(classes,)."""

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """(messages, classes), each row a probability of 1 shared."""
        each = 1 / (1 + np.exp(-(self.words.scores(texts) + self.letters.scores(texts) + self.bias)))
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
    words = CountVectorizer(ngram_range=(1, 2), min_df=SEEN_TWICE, dtype=np.float64)
    letters = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=SEEN_TWICE, dtype=np.float64)
    counted = [words.fit_transform(texts), letters.fit_transform(texts)]
    idfs = [TfidfTransformer().fit(counts).idf_ for counts in counted]
    features = hstack([weighed(counts, idf) for counts, idf in zip(counted, idfs, strict=True)], "csr")
    model = SGDClassifier(
        "log_loss", alpha=PENALTY, max_iter=PASSES, tol=None, class_weight="balanced", random_state=0, n_jobs=-1
    )
    model.fit(features, list(labels))
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
    by_words, by_letters = np.split(np.ascontiguousarray(weights), [len(words.vocabulary_)])
    return Ngrams(Terms(words, idfs[0], by_words), Terms(letters, idfs[1], by_letters), tuple(model.classes_), bias)


def weighed(counts: csr_matrix, idf: Floats) -> csr_matrix:
    """Tf-idf with the logarithm of the counts, each row of length 1."""
    logarithmic = csr_matrix(
        ((1 + np.log(counts.data)) * idf[counts.indices], counts.indices, counts.indptr), counts.shape
    )
    return normalize(logarithmic, copy=False)
