"""Everything below /desk/. Every page but the login is guarded (frontdesk/accounts/permissions.py)."""

from __future__ import annotations

from django.urls import include, path

from frontdesk.audit.views import audit
from frontdesk.desk import reviewing
from frontdesk.desk.conversation import conversation
from frontdesk.desk.listing import forget_filter, listing, news, save_filter

urlpatterns = [
    path("", listing, name="desk"),
    path("news", news, name="news"),
    path("filters", save_filter, name="save-filter"),
    path("filters/<int:number>/forget", forget_filter, name="forget-filter"),
    path("conversations/<uuid:identity>", conversation, name="conversation"),
    path("conversations/<uuid:identity>/state", reviewing.state, name="set-state"),
    path("conversations/<uuid:identity>/assignee", reviewing.assign, name="assign"),
    path("conversations/<uuid:identity>/second-reader", reviewing.second_reader, name="second-reader"),
    path("conversations/<uuid:identity>/notes", reviewing.note, name="add-note"),
    path("messages/<int:number>/corrections", reviewing.correct, name="correct"),
    path("audit", audit, name="audit"),
    path("", include("frontdesk.exports.urls")),
    path("", include("frontdesk.figures.urls")),
    path("", include("frontdesk.keeping.urls")),
    path("", include("frontdesk.accounts.urls")),
]
