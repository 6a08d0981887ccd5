"""What somebody typed into the search field, cut into words as both databases cut a message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# A part in quotes, or anything up to the next space. A quote that is never closed is no quote.
PART = re.compile(r'"([^"]+)"|(\S+)')
WORD = re.compile(r"[^\W_]+")
# More words than these narrow nothing down and would only make the query slow.
MOST_TERMS = 16
# Shorter words are matched whole: half of all words begin with "th", and each of them would have to be looked through.
SHORTEST_BEGINNING = 4


@dataclass(frozen=True)
class Term:
    """Words that stand side by side. The last one is matched by its beginning unless the term is `exact`."""

    words: tuple[str, ...]
    exact: bool


def terms(text: str) -> tuple[Term, ...]:
    """All terms a message has to hold; none for a text without a letter or digit."""
    found = (_term(quoted or bare, exact=bool(quoted)) for quoted, bare in PART.findall(text))
    return tuple(term for term in found if term.words)[:MOST_TERMS]


def folded(text: str) -> str:
    """`text` in lower case and without accents: people leave them out on phones."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _term(text: str, *, exact: bool) -> Term:
    words = tuple(WORD.findall(folded(text)))
    return Term(words, exact or not words or len(words[-1]) < SHORTEST_BEGINNING)
