"""Typing mistakes, added while training: the same words as a shaking thumb sends them."""

from __future__ import annotations

import random

SHARE = 0.35
"""Of the messages, drawn anew in each epoch."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, str]:
    """Keys beside each other on a US keyboard."""
    beside: dict[str, str] = {}
    for row in ROWS:
        for place, key in enumerate(row):
            beside[key] = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    return beside


NEIGHBOURS = _neighbours()


def noisy(text: str, draw: random.Random) -> str:
    """The text, or with probability SHARE one to three mistakes in it."""
    if draw.random() >= SHARE or len(text) < 6:
        return text
    for _ in range(draw.choice((1, 1, 2, 3))):
        text = draw.choice((_drop, _swap, _double, _slip, _join, _lower))(text, draw)
    return text


def _drop(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _swap(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _double(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def _slip(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text))
    near = NEIGHBOURS.get(text[at].lower())
    return text[:at] + draw.choice(near) + text[at + 1 :] if near else text


def _join(text: str, draw: random.Random) -> str:
    spaces = [at for at, character in enumerate(text) if character == " "]
    at = draw.choice(spaces) if spaces else 0
    return text[:at] + text[at + 1 :] if spaces else text


def _lower(text: str, _: random.Random) -> str:
    return "".join(character for character in text.lower() if character.isalnum() or character.isspace())
