"""Idioms, and the plain words that are read instead: data/idioms.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.triage.data import load


@dataclass(frozen=True)
class Idiom:
    """`pattern` has a group `idiom`, in whose place `plain` is read. `match` and `no_match` are rows of its tests."""

    id: str
    pattern: re.Pattern[str]
    plain: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@lru_cache(maxsize=1)
def all_idioms() -> tuple[Idiom, ...]:
    """All of idioms.yml, in its order."""
    return tuple(
        Idiom(
            entry["id"], re.compile(entry["pattern"]), entry["plain"], *map(_rows, (entry["match"], entry["no_match"]))
        )
        for entry in load("idioms")
    )


def _rows(entries: list[str]) -> tuple[str, ...]:
    return tuple(map(str, entries))


def idioms_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and plain words of each idiom in a message in lower case, contractions written out; last
    one first, none within another.
    """
    found = [(*match.span("idiom"), one.plain) for one in all_idioms() for match in one.pattern.finditer(text)]
    before = len(text)
    for start, end, plain in sorted(found, reverse=True):
        if end <= before:
            yield start, end, plain
            before = start
