"""Below /desk/."""

from __future__ import annotations

from django.urls import path

from frontdesk.exports import views

urlpatterns = [
    path("export", views.export, name="export"),
    path("export/<str:name>.<str:form>", views.table, name="export-table"),
    path("export/reviewed", views.reviewed, name="export-reviewed"),
    path("print", views.print_many, name="print-many"),
    path("conversations/<uuid:identity>/print", views.print_one, name="print"),
]
