"""Logging in, and who may. All below /desk/."""

from __future__ import annotations

from django.urls import path

from frontdesk.accounts.idle import here
from frontdesk.accounts.login import login, logout, password
from frontdesk.accounts.people import add_person, change_person, people
from frontdesk.accounts.second_factor import second_factor

urlpatterns = [
    path("login", login, name="login"),
    path("logout", logout, name="logout"),
    path("here", here, name="here"),
    path("password", password, name="password"),
    path("second-factor", second_factor, name="second-factor"),
    path("people", people, name="people"),
    path("people/add", add_person, name="add-person"),
    path("people/<int:number>", change_person, name="change-person"),
]
