"""Figures of speech, and the plain words that are read instead: data/figures.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.triage.data import load


@dataclass(frozen=True)
class Figure:
    """`pattern` has a group `figure`, in whose place `plain` is read. `match` and `no_match` are rows of its tests."""

    id: str
    pattern: re.Pattern[str]
    plain: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@lru_cache(maxsize=1)
def all_figures() -> tuple[Figure, ...]:
    """All of figures.yml, in its order."""
    return tuple(
        Figure(
            entry["id"], re.compile(entry["pattern"]), entry["plain"], *map(_rows, (entry["match"], entry["no_match"]))
        )
        for entry in load("figures")
    )


def _rows(entries: list[str]) -> tuple[str, ...]:
    return tuple(map(str, entries))


def figures_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and plain words of each figure of speech in a message in lower case, contractions written out; last
    one first, none within another.
    """
    found = [(*match.span("figure"), one.plain) for one in all_figures() for match in one.pattern.finditer(text)]
    before = len(text)
    for start, end, plain in sorted(found, reverse=True):
        if end <= before:
            yield start, end, plain
            before = start
