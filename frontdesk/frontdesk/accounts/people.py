"""Who may come to the desk, for administrators."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib.auth.models import Group
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from frontdesk.accounts import second_factor
from frontdesk.accounts.models import User
from frontdesk.accounts.permissions import DeskRequest, requires
from frontdesk.accounts.roles import Role
from frontdesk.audit.log import record
from frontdesk.audit.models import Action
from frontdesk.transcripts.writing import writing


class NewPerson(forms.Form):
    """A name and a role; the password is made here and shown once."""

    username = forms.CharField(max_length=150, validators=[UnicodeUsernameValidator()])
    role = forms.ChoiceField(choices=Role.choices)

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("Somebody has this name already.")
        return name


@require_GET
@requires("manage")
def people(request: DeskRequest) -> HttpResponse:
    return _page(request)


@require_POST
@requires("manage")
def add_person(request: DeskRequest) -> HttpResponse:
    form = NewPerson(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    person, password = make_person(form.cleaned_data["username"], Role(form.cleaned_data["role"]))
    record(Action.PEOPLE, request=request, detail=f"added {person}, {person.role}")
    return _page(request, told=person, password=password)


@require_POST
@requires("manage")
def change_person(request: DeskRequest, number: int) -> HttpResponse:
    """One button: a role, active or not, a new password, or a new second factor."""
    person = get_object_or_404(User, pk=number)
    what = request.POST.get("what", "")
    if person == request.user and what in (*Role.values, "inactive"):
        return _page(request, problem="Somebody else has to change your own role.", status=400)
    password = ""
    with writing():
        if what in Role.values:
            person.groups.set([Group.objects.get(name=what)])
        elif what in ("active", "inactive"):
            person.is_active = what == "active"
            person.save(update_fields=["is_active"])
        elif what == "password":
            password = new_password(person)
        elif what == "factor":
            second_factor.forget(person.pk)
        record(Action.PEOPLE, request=request, detail=f"{person}: {what[:20]}")
    return _page(request, told=person if password else None, password=password)


def make_person(name: str, role: Role) -> tuple[User, str]:
    """A new person and their password, which is kept nowhere."""
    with writing():
        person = User(username=name)
        password = new_password(person)
        person.groups.set([Group.objects.get(name=role)])
    return person, password


def new_password(person: User) -> str:
    """Ends the sessions that were open with the old one."""
    password = secrets.token_urlsafe(15)
    person.set_password(password)
    person.save()
    return password


def _page(
    request: DeskRequest,
    form: NewPerson | None = None,
    *,
    told: User | None = None,
    password: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {
        "form": form or NewPerson(),
        "people": User.objects.prefetch_related("groups"),
        "with_factor": set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True)),
        "roles": Role.values,
        "told": told,
        "password": password,
        "problem": problem,
    }
    return render(request, "accounts/people.html", shown, status=status)
