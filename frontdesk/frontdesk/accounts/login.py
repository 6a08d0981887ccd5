"""Logging in and out. A wrong name and a wrong password look the same."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from frontdesk.accounts.models import User
from frontdesk.accounts.permissions import DeskRequest, logged_in, password_given
from frontdesk.audit.log import record
from frontdesk.audit.models import Action

# In the session: how often one's own password was typed wrong where it was to be changed.
WRONG = "wrong_old_passwords"


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            auth.login(request, form.get_user())
            record(Action.LOGIN, request=request)
            return HttpResponseRedirect(afterwards(request))
        _record_failure(request)
    status = 200 if request.method == "GET" else 403
    return render(request, "accounts/login.html", {"form": form, "next": request.GET.get("next", "")}, status=status)


@require_POST
@password_given
def logout(request: DeskRequest) -> HttpResponse:
    record(Action.LOGOUT, request=request)
    auth.logout(request)
    return redirect("login")


@require_http_methods(["GET", "POST"])
@logged_in
def password(request: DeskRequest) -> HttpResponse:
    """One's own, with the old one as proof; who keeps getting that wrong has to log in again."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        auth.update_session_auth_hash(request, request.user)
        record(Action.PASSWORD, request=request)
        return redirect("desk")
    if "old_password" in form.errors:
        record(Action.LOGIN_FAILED, request=request, detail="a wrong old password")
        request.session[WRONG] = request.session.get(WRONG, 0) + 1
        if request.session[WRONG] >= settings.AXES_FAILURE_LIMIT:
            return logout(request)
    return render(request, "accounts/password.html", {"form": form})


def afterwards(request: HttpRequest) -> str:
    """Where somebody wanted to go before they had to log in; the list, if that was nowhere on this site's desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    desk = reverse(settings.LOGIN_REDIRECT_URL)
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith(desk) else desk


def address(request: HttpRequest) -> str:
    """Where a request came from; the server has already believed or not believed a proxy."""
    return str(request.META.get("REMOTE_ADDR", ""))


def hashed_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """What django-axes counts by: HMAC-SHA-256, under a key derived from SECRET_KEY, of the name that was typed."""
    typed = (credentials or request.POST).get("username") or ""
    return salted_hmac("frontdesk.accounts.name", typed, algorithm="sha256").hexdigest()


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """What django-axes answers with instead of the login page; it hands over the response and credentials too."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)


def _record_failure(request: HttpRequest) -> None:
    """Names only somebody there is: what else was typed as a name may be a password."""
    known = User.objects.filter(username=request.POST.get("username", "")).first()
    action = Action.LOCKED_OUT if getattr(request, "axes_locked_out", False) else Action.LOGIN_FAILED
    record(action, request=request, by=known, detail="" if known else "a name that nobody has")
