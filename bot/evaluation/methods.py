"""Ways of telling the levels apart, for the comparison of docs/decisions/0005."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from bot.evaluation.vectors import Vectors
from bot.triage.linear import STRENGTH, Floats

Classifier = Any
"""scikit-learn's: fit, and predict_proba or decision_function."""


@dataclass(frozen=True)
class Method:
    """A classifier and what it sees of a message: its n-grams, its vector, or both."""

    name: str
    make: Callable[[], Classifier]
    ngrams: bool = False
    encoder: bool = True


def _logistic(strength: float = STRENGTH) -> Classifier:
    return LogisticRegression(C=strength, max_iter=300, tol=1e-3, class_weight="balanced")


BOTH = Method("both, logistic regression", _logistic, ngrams=True)
TAUGHT = (
    Method("fine-tuned encoder, logistic regression", lambda: _logistic(0.03)),
    Method("fine-tuned encoder, neural network (128)", lambda: MLPClassifier((128,), alpha=0.01, max_iter=6)),
)
METHODS = (
    Method("word and character n-grams, logistic regression", _logistic, ngrams=True, encoder=False),
    Method("encoder, logistic regression", _logistic),
    BOTH,
    Method(
        "encoder, support vectors (RBF, 1,000 landmarks)",
        lambda: make_pipeline(
            Nystroem(gamma=1.0, n_components=1000, random_state=0), LinearSVC(class_weight="balanced")
        ),
    ),
    Method("encoder, 15 nearest neighbours", lambda: KNeighborsClassifier(15, weights="distance", metric="cosine")),
    Method(
        "encoder (48 components), gradient boosting",
        lambda: make_pipeline(
            PCA(48, random_state=0),
            HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=15, learning_rate=0.15, random_state=0),
        ),
    ),
    Method("encoder, neural network (128)", lambda: MLPClassifier((128,), early_stopping=True, random_state=0)),
)


class Trained:
    """A method trained on some messages."""

    def __init__(self, method: Method, texts: Sequence[str], vectors: Vectors, labels: Sequence[str]) -> None:
        """`texts` are normalised; `vectors` one row each."""
        self._method, self._grams = method, _grams() if method.ngrams else None
        if self._grams is not None:
            self._grams.fit(texts)
        self._classifier = method.make().fit(self._seen(texts, vectors), labels)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the columns of `probabilities`."""
        return tuple(self._classifier.classes_)

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """(messages, classes); of a classifier that only ranks, its ranks squeezed to sum to 1."""
        seen = self._seen(texts, vectors)
        if hasattr(self._classifier, "predict_proba"):
            return np.asarray(self._classifier.predict_proba(seen), dtype=np.float64)
        ranks = np.exp(self._classifier.decision_function(seen))
        return np.asarray(ranks / ranks.sum(axis=1, keepdims=True), dtype=np.float64)

    def _seen(self, texts: Sequence[str], vectors: Vectors) -> Any:
        if self._grams is None:
            return vectors
        grams = self._grams.transform(texts)
        return hstack([grams, csr_matrix(2 * vectors)]).tocsr() if self._method.encoder else grams


def _grams() -> Classifier:
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True, max_features=20000
    )
    return make_union(words, characters)
