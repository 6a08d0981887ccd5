"""What many texts are about: groups by a word they share and other texts seldom have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from frontdesk.search.words import WORD, folded

# A group of fewer would quote somebody, and says nothing about what is asked often.
LEAST = 3
# So many times as frequent as in the other texts: sorts out "the" and "my" without a list of them.
TIMES = 2.0


def grouped(texts: Sequence[str], others: Sequence[str]) -> tuple[list[tuple[str, int]], int]:
    """(word, texts) of each group, the largest first, and how many texts are in none. Each text is in one group: that
    of its word which most texts not yet in a group share.
    """
    left, common = [_words(text) for text in texts], Counter(_all(others))
    often = Counter(word for words in left for word in words)
    bound = {word: TIMES * (common[word] + 1) * len(texts) / (len(others) + 2) for word in often}
    left = [{word for word in words if often[word] >= bound[word]} for words in left]
    groups: list[tuple[str, int]] = []
    while True:
        shared = Counter(word for words in left for word in words)
        # Of several as frequent, the first in the alphabet: the same figure each time.
        word, count = min(shared.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if count < LEAST:
            return groups, len(texts) - sum(n for _, n in groups)
        groups.append((word, count))
        left = [words for words in left if word not in words]


def _words(text: str) -> set[str]:
    return set(WORD.findall(folded(text)))


def _all(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in _words(text))
