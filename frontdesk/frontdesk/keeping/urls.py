"""Below /desk/."""

from __future__ import annotations

from django.urls import path

from frontdesk.keeping.views import erase_one, keeping

urlpatterns = [
    path("keeping", keeping, name="keeping"),
    path("conversations/<uuid:identity>/erase", erase_one, name="erase"),
]
