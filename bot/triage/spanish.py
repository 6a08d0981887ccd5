"""Spanish: recognised by its commonest words; what must never be missed is known in it, the rest is `none`.

One fixed reply answers Spanish whatever the level; the level is for the coordinators. Spanglish is read like English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.triage.data import load
from bot.triage.levels import SIGNAL_LEVELS, Assessment, Evidence, Level, Subject
from bot.triage.needs import need_of
from bot.triage.normalise import Normalised

WORD = re.compile(r"[a-zñáéíóúü]+")
SHARE = 0.4
"""Of the words, the part that must be Spanish function words; below that it is English with Spanish words in it."""
ENOUGH = 2
"""One Spanish word in a longer message proves nothing ("no", "me")."""
SHARED = frozenset({"no", "me", "a", "come", "solo", "real"})
"""Words of both languages, which say nothing alone."""


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    data = load("spanish")
    return frozenset(data["words"]), frozenset(data["english"])


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, Level, Subject, str, re.Pattern[str]], ...]:
    return tuple(
        (
            rule["id"],
            Level(rule["level"]),
            Subject(rule["subject"]),
            rule["signal"],
            re.compile("|".join(f"(?:{p})" for p in rule["any"])),
        )
        for rule in load("spanish")["rules"]
    )


def is_spanish(text: str) -> bool:
    """Whether the normalised text is Spanish rather than English with some Spanish in it."""
    spanish, english = _words()
    words = WORD.findall(text)
    own = sum(word in spanish for word in words)
    foreign = sum(word in english for word in words)
    if set(words) <= SHARED:
        return False
    return own >= min(len(words), ENOUGH) and own >= SHARE * len(words) and own > foreign


def assess(text: Normalised) -> Assessment:
    """Level and evidence of a Spanish message, by rules."""
    found = []
    for name, level, subject, signal, pattern in _rules():
        if match := pattern.search(text.text):
            found.append(Evidence(signal, level, *text.original_span(match.start(), match.end()), name, subject))
    if not found:
        return Assessment(why="Spanish, no rule")
    found.sort(key=lambda e: -SIGNAL_LEVELS[e.signal].rank)
    top = found[0]
    signals = tuple(dict.fromkeys(e.signal for e in found))
    return Assessment(
        top.level, signals, top.subject, tuple(found), need_of(top.level, signals, top.subject), f"rule {top.source}"
    )
