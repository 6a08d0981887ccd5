"""Pictures for docs/evaluation.md, readable without colour: shapes, line styles and numbers carry the meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.evaluation.figures import Bin
from bot.triage.levels import BY_URGENCY, Level

STYLES = (("o", "-"), ("s", "--"), ("^", ":"))
"""A marker and a line for each curve of a picture."""
GREYS = ("0.0", "0.35", "0.55")


def _new(size: tuple[float, float]) -> tuple[Any, Any]:
    import matplotlib as mpl  # type: ignore[import-untyped]

    mpl.use("Agg")  # draws without a display
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=size, dpi=110)
    return figure, axes


def _save(figure: Any, file: Path) -> None:
    from matplotlib import pyplot

    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Software": None})  # no version in the file: the same figures give the same bytes
    pyplot.close(figure)


def confusion(counts: Mapping[tuple[Level, Level], int], file: Path) -> None:
    """Rows: what the messages are. Columns: the reply that came. Each cell: how many, and their share of the row."""
    figure, axes = _new((6.4, 4.8))
    totals = {true: max(sum(counts[true, got] for got in Level), 1) for true in Level}
    shares = [[counts[true, got] / totals[true] for got in BY_URGENCY] for true in BY_URGENCY]
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1)
    for y, true in enumerate(BY_URGENCY):
        for x, got in enumerate(BY_URGENCY):
            part = shares[y][x]
            text = f"{counts[true, got]}\n{part:.1%}"
            axes.text(x, y, text, ha="center", va="center", fontsize=9, color="white" if part > 0.5 else "black")
    names = [level.value for level in BY_URGENCY]
    axes.set_xticks(range(len(names)))
    axes.set_xticklabels(names)
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(names)
    axes.set_xlabel("answered as")
    axes.set_ylabel("message is")
    _save(figure, file)


def calibration(curves: Mapping[str, Sequence[Bin]], file: Path) -> None:
    """Predicted probability against how often it was so."""
    figure, axes = _new((5.6, 5.2))
    axes.plot([0, 1], [0, 1], color="0.8", linewidth=1)
    for (name, bins), (marker, line), grey in zip(curves.items(), STYLES, GREYS, strict=False):
        axes.plot(
            [b.predicted for b in bins],
            [b.seen.value for b in bins],
            marker=marker,
            linestyle=line,
            color=grey,
            label=name,
        )
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("share of messages for which it was so")
    axes.legend()
    _save(figure, file)


def learning(sizes: Sequence[int], curves: Mapping[str, Sequence[float]], file: Path) -> None:
    """What is found, by the number of examples trained on."""
    figure, axes = _new((5.6, 4.2))
    for (name, found), (marker, line), grey in zip(curves.items(), STYLES, GREYS, strict=False):
        axes.plot(sizes, found, marker=marker, linestyle=line, color=grey, label=name)
        for size, value in zip(sizes, found, strict=True):
            axes.annotate(
                f"{value:.2f}", (size, value), textcoords="offset points", xytext=(0, 6), fontsize=7, ha="center"
            )
    axes.set_xlabel("training messages")
    axes.set_ylabel("found at the allowed false alarms")
    axes.set_ylim(0, 1.15)
    axes.legend(loc="upper left", ncol=3)
    _save(figure, file)
