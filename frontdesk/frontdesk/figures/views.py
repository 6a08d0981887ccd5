"""The page of figures, and the numbers of each as CSV."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.exports.formats import csv_lines
from frontdesk.figures.figures import FIGURES
from frontdesk.figures.when import Period

DAYS = (7, 30, 90, 365)


@require_GET
@requires("list")
def figures(request: DeskRequest) -> HttpResponse:
    period = _period(request)
    shown = {
        "figures": [(name, make(period)) for name, make in FIGURES.items()],
        "days": period.days,
        "choices": DAYS,
    }
    return render(request, "figures/figures.html", shown)


@require_GET
@requires("list")
def figure_csv(request: DeskRequest, figure: str) -> HttpResponse:
    """The rows of one figure. Numbers only, so it needs no more than the page does."""
    if figure not in FIGURES:
        raise Http404
    period = _period(request)
    made = FIGURES[figure](period)
    rows = (dict(zip(made.columns, row, strict=True)) for row in made.rows)
    headers = {"Content-Disposition": f'attachment; filename="{figure}-{period.days}-days.csv"'}
    return HttpResponse("".join(csv_lines(made.columns, rows)), content_type="text/csv; charset=utf-8", headers=headers)


def _period(request: DeskRequest) -> Period:
    given = request.GET.get("days", "")
    days = int(given) if given.isdecimal() and len(given) < 6 else 30
    return Period(days if days in DAYS else 30)
