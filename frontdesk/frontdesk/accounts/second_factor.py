"""The second factor: a one-time code from an app, set up at the first login."""

from __future__ import annotations

import base64

import django_otp
import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from frontdesk.accounts.login import afterwards
from frontdesk.accounts.permissions import DeskRequest, password_given
from frontdesk.audit.log import record
from frontdesk.audit.models import Action


@require_http_methods(["GET", "POST"])
@password_given
def second_factor(request: DeskRequest) -> HttpResponse:
    """Asks for a code; whoever has no app yet is shown the key to set one up with."""
    device = _device(request)
    wrong = False
    if request.method == "POST":
        if _fits(request, device):
            _let_in(request, device)
            return HttpResponseRedirect(afterwards(request))
        record(Action.LOGIN_FAILED, request=request, detail="wrong one-time code")
        wrong = True
    shown = {"device": device, "wrong": wrong, "next": request.GET.get("next", "")}
    if not device.confirmed:
        shown |= {"key": _readable(device), "picture": _picture(device)}
    return render(request, "accounts/second_factor.html", shown, status=403 if wrong else 200)


def forget(user_id: int) -> None:
    """For somebody whose phone is gone: at the next login they set up a new one."""
    TOTPDevice.objects.filter(user_id=user_id).delete()


def _device(request: DeskRequest) -> TOTPDevice:
    device = TOTPDevice.objects.filter(user_id=request.user.pk).order_by("-confirmed", "pk").first()
    return device or TOTPDevice.objects.create(user_id=request.user.pk, name="app", confirmed=False)


def _fits(request: DeskRequest, device: TOTPDevice) -> bool:
    """Each code works once, and after wrong ones the next try has to wait: both are django-otp's doing."""
    code = "".join(request.POST.get("code", "").split())
    return django_otp.verify_token(request.user, device.persistent_id, code) is not None


def _let_in(request: DeskRequest, device: TOTPDevice) -> None:
    first = not device.confirmed
    if first:
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    request.session.cycle_key()
    django_otp.login(request, device)
    record(Action.FACTOR, request=request, detail="set up" if first else "given")


def _readable(device: TOTPDevice) -> str:
    """The key as apps take it when typed: base 32, in groups of four."""
    key = base64.b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def _picture(device: TOTPDevice) -> SafeString:
    """A QR code drawn into the page: no file, nobody else is asked, no inline style."""
    code = segno.make(device.config_url)
    return mark_safe(code.svg_inline(scale=4, omitsize=False, svgclass="qr", title="QR code of the key"))  # noqa: S308 (drawn here)
