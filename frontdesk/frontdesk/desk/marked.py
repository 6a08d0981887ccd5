"""A message in pieces, so that the words each signal rests on can be marked."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A stretch of the text and the signals that rest on it; none for plain text."""

    text: str
    signals: tuple[str, ...] = ()


def pieces(text: str, evidence: list[dict[str, Any]]) -> list[Piece]:
    """The whole text, cut wherever other signals rest on it than before. Evidence outside it (its words are gone) is
    left out.

    `evidence` as a message keeps it: {"signal", "start", "end"}, in characters.
    """
    spans = [(each["start"], min(each["end"], len(text)), each["signal"]) for each in evidence]
    spans = [span for span in spans if span[0] < span[1]]
    cuts = sorted({0, len(text), *(at for span in spans for at in span[:2])})
    found: list[Piece] = []
    for start, end in itertools.pairwise(cuts):
        here = dict.fromkeys(signal for first, last, signal in spans if first <= start and end <= last)
        if found and found[-1].signals == tuple(here):
            found[-1] = Piece(found[-1].text + text[start:end], tuple(here))
        else:
            found.append(Piece(text[start:end], tuple(here)))
    return found
