"""Everything below /desk/. Every page but the login is guarded (frontdesk/accounts/permissions.py)."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("frontdesk.accounts.urls")),
]
