"""Below /desk/."""

from __future__ import annotations

from django.urls import path

from frontdesk.figures.views import figure_csv, figures

urlpatterns = [
    path("figures", figures, name="figures"),
    path("figures/<str:figure>.csv", figure_csv, name="figure-csv"),
]
