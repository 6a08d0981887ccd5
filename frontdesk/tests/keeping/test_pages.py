"""The desk shows when words go and what went, and erases one conversation for those who may."""

from __future__ import annotations

import pytest

from frontdesk.audit.models import Action, Entry
from frontdesk.keeping import files, keeping
from frontdesk.keeping.models import Run
from frontdesk.transcripts.levels import Level
from frontdesk.transcripts.models import Conversation
from tests.conftest import AsRole
from tests.desk.made import START, conversation, message
from tests.keeping.conftest import Tracker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files themselves are for tests/keeping/test_keeping.py: it can't be done within a test's transaction."""
    monkeypatch.setattr(files, "forget", lambda: None)


def test_the_page_says_when_and_what(as_role: AsRole) -> None:
    Run.objects.create(kind=Run.Kind.RETENTION, started_at=START, finished_at=START, emptied=17, problem="it broke")
    page = as_role("coordinator").get("/desk/keeping").content.decode()
    assert "90 days" in page
    assert "730 days" in page
    assert "<td>17</td>" in page
    assert "it broke" in page
    assert "the worker is not running" in page  # that run is long ago


def test_a_run_of_today_is_not_overdue(as_role: AsRole, tracker: Tracker) -> None:
    keeping.purge()
    page = as_role("coordinator").get("/desk/keeping").content.decode()
    assert "not running" not in page


def test_erasing_asks_first(as_role: AsRole, tracker: Tracker) -> None:
    desk, made = as_role("supervisor"), conversation(Level.CRISIS)
    address = f"/desk/conversations/{made.pk}/erase"

    assert "Erase it for good" in desk.get(address).content.decode()
    assert Conversation.objects.filter(pk=made.pk).exists()

    assert desk.post(address)["Location"] == "/desk/keeping"
    assert not Conversation.objects.filter(pk=made.pk).exists()
    assert Entry.objects.get(action=Action.ERASE).conversation == made.pk
    assert desk.get(address).status_code == 404


def test_a_coordinator_may_not_erase(as_role: AsRole) -> None:
    desk, made = as_role("coordinator"), message("words").conversation
    assert desk.post(f"/desk/conversations/{made.pk}/erase").status_code == 403
    assert "Erase" not in desk.get(f"/desk/conversations/{made.pk}").content.decode()
    assert Conversation.objects.filter(pk=made.pk).exists()
