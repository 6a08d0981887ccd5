"""Words go after their time or on request, and then stand in no file."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.assistant.answer import Answer, Evidence, Said
from frontdesk.audit.models import Action, Entry
from frontdesk.desk.models import Correction, Note, Verdict
from frontdesk.keeping import files, keeping
from frontdesk.keeping import tracker as tracker_store
from frontdesk.keeping.keeping import erase, next_run, purge
from frontdesk.keeping.models import Run
from frontdesk.search.search import find
from frontdesk.transcripts.levels import Channel, Kind, Level, Subject
from frontdesk.transcripts.models import Conversation, Message, Reply, Signal
from frontdesk.transcripts.store import store_answer, store_message
from tests.keeping.conftest import Tracker

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def talk(text: str, days_ago: float = 0, conversation: uuid.UUID | None = None) -> Message:
    """A message of so many days ago, answered."""
    at = timezone.now() - days_ago * DAY
    message = store_message(conversation or uuid.uuid4(), Channel.WEB, uuid.uuid4().hex, text, at)
    said = Said(f"You said: {text}", Kind.HANDOFF, "utter_test")
    evidence = (Evidence("craving", 0, 3),)
    store_answer(message, Answer((said,), Level.ADDICTION, ("craving",), Subject.SELF, evidence, "i", "t", 0.9))
    return message


def coordinator() -> User:
    return User.objects.create(username=f"coordinator-{uuid.uuid4().hex[:6]}")


def files_with(word: str, *more: Path) -> set[str]:
    """Names of the database's files (its log too) that hold the word in them."""
    database = Path(connection.settings_dict["NAME"])
    looked_at = [*database.parent.glob(f"{database.name}*"), *more]
    return {file.name for file in looked_at if word.encode() in file.read_bytes()}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAUSE_S", 0.01)


def test_words_go_first_and_figures_stay(tracker: Tracker) -> None:
    old, new = talk("old words", 91), talk("new words", 89)
    for message in (old, new):
        tracker.add(message.conversation_id, at=message.received_at)

    run = purge()

    old.refresh_from_db()
    assert (run.emptied, run.conversations, run.events, run.problem) == (1, 0, 1, "")
    assert (old.text, old.evidence) == ("", [])
    assert (old.level, old.signals, old.topic) == (Level.ADDICTION, ["craving"], "t")
    assert list(Reply.objects.filter(message=old).values_list("text", "kind")) == [("", "handoff")]
    new.refresh_from_db()
    assert new.text == "new words"
    assert tracker.senders() == [str(new.conversation_id)]


def test_what_coordinators_wrote_goes_with_the_words(tracker: Tracker) -> None:
    old, by = talk("old words", 91), coordinator()
    Note.objects.create(conversation=old.conversation, text="she said old words", by=by, at=old.received_at)
    Note.objects.create(conversation=old.conversation, text="a later one", by=by, at=timezone.now())
    Correction.objects.create(
        message=old, verdict=Verdict.MISSED, level=Level.CRISIS, reason="words", by=by, at=old.received_at
    )

    purge()

    assert [note.text for note in Note.objects.all()] == ["a later one"]
    assert [(each.level, each.reason) for each in Correction.objects.all()] == [(Level.CRISIS, "")]


def test_a_reason_goes_although_the_words_it_is_about_went_before(tracker: Tracker) -> None:
    old, by = talk("old words", 200), coordinator()
    purge()
    for days in (91, 1):
        at = timezone.now() - days * DAY
        Correction.objects.create(message=old, verdict=Verdict.MISSED, reason=f"{days} days ago", by=by, at=at)

    purge()

    assert [each.reason for each in Correction.objects.all()] == ["", "1 days ago"]


def test_figures_go_later(tracker: Tracker) -> None:
    talk("very old", 731)
    kept = talk("old", 729)
    assert purge().conversations == 1
    assert [each.pk for each in Conversation.objects.all()] == [kept.conversation_id]


def test_a_long_talk_loses_its_beginning_only(tracker: Tracker) -> None:
    first = talk("the beginning", 100)
    talk("the end", 1, first.conversation_id)
    purge()
    assert [message.text for message in Message.objects.all()] == ["", "the end"]


def test_a_second_run_has_nothing_to_do(tracker: Tracker) -> None:
    talk("old words", 91)
    assert [purge().emptied for _ in range(2)] == [1, 0]


def test_more_than_one_batch(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.keeping.emptying.AT_ONCE", 2)
    for _ in range(5):
        talk("old words", 91)
    assert purge().emptied == 5


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's files")
@pytest.mark.parametrize("way", ["erase", "purge"])
def test_no_file_holds_the_words_any_more(way: str, tracker: Tracker) -> None:
    word = "zxqvwkjh"
    days_ago = 0 if way == "erase" else 91
    for number in range(200):
        talk(f"somebody else says number {number}", 1)
    message, by = talk(f"my name is {word}", days_ago), coordinator()
    Note.objects.create(conversation=message.conversation, text=f"called {word}", by=by, at=message.received_at)
    Correction.objects.create(message=message, verdict=Verdict.MISSED, reason=word, by=by, at=message.received_at)
    tracker.add(message.conversation_id, f"my name is {word}", message.received_at)
    for number in range(200):
        talk(f"and more by another {number}", 1)
    assert len(files_with(word, tracker.file)) >= 2  # the log holds what the database may not hold yet

    run = erase(message.conversation_id, by=by) if way == "erase" else purge()

    assert run.problem == ""
    assert files_with(word, tracker.file) == set()
    assert files_with("somebody else says", tracker.file)  # the look itself finds what is there
    assert not find(word).conversations


def test_erasing_takes_one_conversation_only(tracker: Tracker) -> None:
    gone, stays = talk("goes"), talk("stays")
    for message in (gone, stays):
        tracker.add(message.conversation_id)

    run = erase(gone.conversation_id)

    assert (run.conversations, run.events) == (1, 1)
    assert [each.pk for each in Conversation.objects.all()] == [stays.conversation_id]
    assert tracker.senders() == [str(stays.conversation_id)]
    assert not Signal.objects.filter(conversation=gone.conversation_id).exists()


def test_erasing_is_in_the_audit_log_without_a_word_of_it(tracker: Tracker) -> None:
    message, by = talk("secret words"), coordinator()
    erase(message.conversation_id, by=by)
    entry = Entry.objects.get(action=Action.ERASE)
    assert (entry.by, entry.conversation, entry.detail) == (by, message.conversation_id, "")


def test_what_could_not_be_done_is_said_and_done_later(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    message = talk("secret words")
    tracker.add(message.conversation_id)

    def away(ids: object) -> int:
        raise tracker_store.TrackerFailed

    with monkeypatch.context() as patch:
        patch.setattr(tracker_store, "forget", away)
        run = erase(message.conversation_id)

    assert "tracker store" in run.problem
    assert not Conversation.objects.exists()
    assert next_run() == run.started_at + keeping.AGAIN_AFTER
    assert purge().problem == ""
    assert tracker.senders() == []


def test_the_next_run_is_a_day_after_the_last(tracker: Tracker) -> None:
    assert next_run() <= timezone.now()
    run = purge()
    assert next_run() == run.started_at + DAY


def test_commands(tracker: Tracker, capsys: pytest.CaptureFixture[str]) -> None:
    talk("old words", 91)
    message = talk("other words")
    call_command("purge")
    call_command("erase", str(message.conversation_id))
    assert capsys.readouterr().out.splitlines()[0] == "1 messages emptied, 0 conversations deleted"
    assert Conversation.objects.count() == 1
    with pytest.raises(CommandError, match="no conversation"):
        call_command("erase", str(uuid.uuid4()))


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    yield
    Run.objects.all().delete()


def test_a_moment_is_what_the_settings_say() -> None:
    now: datetime = timezone.now()
    assert abs(keeping.words_until() - (now - 90 * DAY)) < timedelta(minutes=1)
    assert abs(keeping.figures_until() - (now - 730 * DAY)) < timedelta(minutes=1)
