"""The addresses of ALERT_URLS, and sending a notice to one of them by way of Apprise."""

from __future__ import annotations

import hashlib
from functools import cache
from urllib.parse import urlsplit

import apprise
from django.conf import settings
from django.urls import reverse

from frontdesk.alerts.models import Notice
from frontdesk.transcripts.levels import Level


class BadAddressError(Exception):
    """Apprise can't make anything of an address. The text names its scheme only: the rest may hold a password."""


def addresses() -> dict[str, apprise.Apprise]:
    """Each address by the hash that its notices carry. Raises BadAddressError."""
    return {hashed(url): _sender(url) for url in settings.CONFIG.alert_urls}


def hashed(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def send(to: apprise.Apprise, notice: Notice) -> bool:
    """Whether it went out. Takes as long as the address's service takes."""
    title, body = wording(notice)
    return bool(to.notify(title=title, body=body, notify_type=apprise.NotifyType.FAILURE))


def wording(notice: Notice) -> tuple[str, str]:
    """Title and text: the level, the channel, why no answer was received, where to read it; no word of the person."""
    conversation = notice.conversation
    level = notice.get_level_display().capitalize() if notice.level >= Level.CRISIS else "Not assessed"
    reason = f": {notice.get_reason_display()}" if notice.reason else ""
    title = f"{level} ({conversation.get_channel_display()}){reason}"
    address = settings.CONFIG.public_url + reverse("conversation", args=[conversation.pk])
    return title, f"A conversation at {settings.CONFIG.helpline.name} needs somebody now: {address}"


@cache
def _sender(url: str) -> apprise.Apprise:
    name = f"{settings.CONFIG.helpline.name} desk"
    asset = apprise.AppriseAsset(app_id=name, app_desc=name, app_url=settings.CONFIG.public_url, async_mode=False)
    sender = apprise.Apprise(asset=asset)
    if not sender.add(url):
        raise BadAddressError(
            f"an address of the kind {urlsplit(url).scheme}:// is not one that Apprise knows or can read"
        )
    return sender
