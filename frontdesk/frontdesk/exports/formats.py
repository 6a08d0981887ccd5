"""Rows as CSV and as JSON lines, piece by piece."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from frontdesk.exports.rows import Row

# A spreadsheet takes a cell that begins like this for a formula, and runs it. The last ones are what some of them fold
# into the first. https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
# Where a comma is the decimal point, spreadsheets split a line at semicolons: a cell, or a line, then begins in
# the middle of a text.
WITHIN = re.compile(r"([;\t\r\n])(?=[\s\"]*[=+\-@＝＋－＠])")  # noqa: RUF001
# Without it, some spreadsheets read UTF-8 as something else.
BYTE_ORDER_MARK = "\ufeff"
BETWEEN = " | "


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A header and a line a row. What a spreadsheet would run has an apostrophe before it and stays text."""
    yield BYTE_ORDER_MARK + _line(columns)
    for row in rows:
        yield _line([cell(row[column]) for column in columns])


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """An object a row, exactly as it is."""
    for row in rows:
        yield json.dumps({column: row[column] for column in columns}, ensure_ascii=False) + "\n"


def cell(value: Any) -> str:  # noqa: ANN401 (whatever a row may hold)
    """The value as a cell of a table."""
    if isinstance(value, list):
        value = BETWEEN.join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return "" if value is None else str(value)
    value = WITHIN.sub(r"\1'", value)
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def _line(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
