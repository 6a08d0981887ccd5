"""The topics a message can be corrected to: those the assistant has examples of."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings


@cache
def topics() -> tuple[str, ...]:
    """One file of examples each; none where only the front desk is installed."""
    return tuple(sorted(path.stem for path in (settings.CONFIG.root / "data" / "nlu" / "faq").glob("*.yml")))


def is_topic(name: str) -> bool:
    """One of them; anything that reads like one where they are not known."""
    return name in topics() if topics() else bool(re.fullmatch(r"[a-z0-9_]{1,100}", name))
