"""Where everything is. Errors are answered by frontdesk/refusals.py."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from frontdesk.pages.views import health, home
from frontdesk.sms import views as sms
from frontdesk.webchat.views import message, session
from frontdesk.widget import script

urlpatterns = [
    path("", home, name="home"),
    path("healthz", health, name="health"),
    path("widget.js", script.serve, name="widget"),
    path("chat/session", session, name="chat-session"),
    path("chat/message", message, name="chat-message"),
    path("desk", RedirectView.as_view(url="/desk/")),
    path("desk/", include("frontdesk.desk.urls")),
    path("sms/twilio", sms.incoming, name="sms-twilio"),
    path("sms/twilio/status/<int:message>", sms.status, name="sms-status"),
]

handler400 = "frontdesk.refusals.bad_request"
handler403 = "frontdesk.refusals.forbidden"
handler404 = "frontdesk.refusals.not_found"
handler500 = "frontdesk.refusals.server_error"
