"""Markdown tables and the way figures are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.evaluation.figures import Share


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a | in a cell stays a character."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def percent(value: float) -> str:
    """`94.4 %`."""
    return f"{100 * value:.1f} %"


def written(figure: Share) -> str:
    """`94.4 % (91.0 to 96.6)`: the share and its 95 % interval; a dash for no messages."""
    low, high = figure.interval
    return f"{percent(figure.value)} ({100 * low:.1f} to {100 * high:.1f})" if figure.total else "-"


def shortened(text: str, most: int) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
