"""The numbers for every template."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from frontdesk.safety.reply import EMERGENCY, LIFELINE


def numbers(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 (Django's signature)
    return {"helpline": settings.CONFIG.helpline, "emergency": EMERGENCY, "lifeline": LIFELINE}
