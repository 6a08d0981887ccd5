"""Plots as SVG: bars and intervals in one ink, told apart by where they stand and what is written there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 640
LABELS = 170  # the room for names beside horizontal bars
ROW = 24
BAND = 74  # the height of one row of small columns
FOOT = 22


def columns(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> SafeString:
    """A row of small columns for each series, one above the other, to the same scale, with its highest written out."""
    most = max((value for values in series.values() for value in values), default=0)
    step = (WIDTH - LABELS) / max(len(labels), 1)
    bands = [_band(name, values, number * BAND, most, step) for number, (name, values) in enumerate(series.items())]
    bottom = len(series) * BAND
    shown = range(0, len(labels), max(1, len(labels) // 6))
    foot = [(_px(LABELS + (at + 0.5) * step), bottom + 16, labels[at]) for at in shown]
    ticks = format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', foot)
    return _svg(title, bottom + FOOT, [*bands, ticks])


def bars(title: str, rows: Sequence[tuple[str, float]], unit: str = "") -> SafeString:
    """Horizontal bars, each with its number behind it; nothing for no rows."""
    if not rows:
        return SafeString()
    most = max((value for _, value in rows), default=0) or 1
    room = WIDTH - LABELS - 80
    drawn = [
        format_html(
            '<text x="{}" y="{}" text-anchor="end">{}</text><rect x="{}" y="{}" width="{}" height="16"/>'
            '<text x="{}" y="{}">{}{}</text>',
            LABELS - 8,
            y + 13,
            name,
            LABELS,
            y,
            _px(room * value / most),
            _px(LABELS + room * value / most + 6),
            y + 13,
            f"{value:g}",
            unit,
        )
        for y, (name, value) in ((4 + ROW * number, row) for number, row in enumerate(rows))
    ]
    return _svg(title, ROW * len(rows) + 8, drawn)


def intervals(title: str, rows: Sequence[tuple[str, float | None, float, float]]) -> SafeString:
    """Shares between 0 and 1: a dot with its interval, or nothing where there is no case (None)."""
    room = WIDTH - LABELS - 20
    bottom = ROW * len(rows) + 4

    def x(share: float) -> str:
        return _px(LABELS + room * share)

    drawn = [_name(name, ROW * number + 17) for number, (name, *_) in enumerate(rows)]
    drawn += [
        format_html(
            '<line x1="{}" x2="{}" y1="{}" y2="{}"/><circle cx="{}" cy="{}" r="5"/>', x(low), x(high), y, y, x(share), y
        )
        for y, (_, share, low, high) in ((ROW * number + 13, row) for number, row in enumerate(rows))
        if share is not None
    ]
    drawn += [
        format_html(
            '<line class="grid" x1="{}" x2="{}" y1="0" y2="{}"/><text x="{}" y="{}" text-anchor="middle">{}</text>',
            x(at),
            x(at),
            bottom,
            x(at),
            bottom + 16,
            f"{at:.0%}",
        )
        for at in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    return _svg(title, bottom + FOOT, drawn)


def _band(name: str, values: Sequence[int], top: int, most: int, step: float) -> SafeString:
    room = BAND - 20
    heights = [room * value / (most or 1) for value in values]
    drawn = [
        (_px(LABELS + step * at), _px(top + BAND - 4 - height), _px(max(step - 1, 0.5)), _px(height))
        for at, height in enumerate(heights)
        if height
    ]
    rects = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"/>', drawn)
    line = format_html(
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>', LABELS, WIDTH, top + BAND - 4, top + BAND - 4
    )
    highest = format_html(
        '<text class="soft" x="{}" y="{}" text-anchor="end">most {}</text>',
        LABELS - 8,
        top + BAND - 18,
        max(values, default=0),
    )
    return format_html("{}{}{}{}", _name(name, top + BAND - 34), highest, line, rects)


def _name(name: str, y: int) -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="end">{}</text>', LABELS - 8, y, name)


def _px(length: float) -> str:
    return f"{length:.1f}"


def _svg(title: str, height: float, parts: Iterable[SafeString]) -> SafeString:
    head = '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}. The numbers are in the table beside it.">'
    return format_html(head + "{}</svg>", WIDTH, height, title, format_html_join("", "{}", ((each,) for each in parts)))
