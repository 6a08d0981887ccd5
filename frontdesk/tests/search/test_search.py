"""Conversations are found by the words in their messages, for as long as the words are there."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection

from frontdesk.search import postgresql, search
from frontdesk.search.search import find
from frontdesk.transcripts.levels import Channel
from frontdesk.transcripts.models import Message
from frontdesk.transcripts.store import store_message
from tests.conftest import AsRole

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def said(*texts: str) -> uuid.UUID:
    """A new conversation with these messages."""
    conversation = uuid.uuid4()
    for number, text in enumerate(texts):
        store_message(conversation, Channel.WEB, f"m{number}", text, NOON)
    return conversation


def found(text: str) -> set[uuid.UUID]:
    return set(find(text).conversations)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("I took too many pills", "pills", id="a word"),
        pytest.param("I took too many pills", "PILL", id="its beginning"),
        pytest.param("I took too many pills", "pills took", id="any order"),
        pytest.param("I took too many pills", '"too many"', id="side by side"),
        pytest.param("Well, I took too many pills!", '"I took too many"', id="side by side, many words"),
        pytest.param("see www.example.org/helpers", "example.org/help", id="side by side, the last one begun"),
        pytest.param("No puedo más con el corazón", "corazon mas", id="without accents"),
        pytest.param("see www.example.org/help", "example.org", id="an address"),
        pytest.param("I can\u2019t and won't", "can't", id="another apostrophe"),
        pytest.param("my phone is <phone>", "phone", id="a placeholder"),
    ],
)
def test_found(text: str, typed: str) -> None:
    conversation = said("hello", text)
    said("something else")
    assert found(typed) == {conversation}


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ills", id="the end of a word"),
        pytest.param('"many too"', id="the wrong order"),
        pytest.param('"pill"', id="a beginning in quotes"),
        pytest.param("pil", id="a short beginning"),
        pytest.param("pills hello", id="words of two messages"),
        pytest.param("?!", id="no word"),
        pytest.param("", id="nothing"),
    ],
)
def test_not_found(typed: str) -> None:
    said("hello", "I took too many pills")
    assert found(typed) == set()


@pytest.mark.parametrize("typed", ['"one one"', '"one two one"', '"two one"'])
def test_words_follow_each_other_only_as_they_were_said(typed: str) -> None:
    said("one")
    said("one two")
    assert found(typed) == set()


def test_what_is_changed_or_gone_is_not_found() -> None:
    conversation = said("first words")
    Message.objects.update(text="second words")
    assert (found("first"), found("second")) == (set(), {conversation})
    Message.objects.all().delete()
    assert found("second") == set()


@pytest.mark.parametrize("often", [1, 50], ids=["a frequent word", "a rare word"])
def test_only_the_newest_matches_are_looked_at(monkeypatch: pytest.MonkeyPatch, often: int) -> None:
    monkeypatch.setattr(search, "MOST_MATCHES", 2)
    monkeypatch.setattr(postgresql, "OFTEN", often)
    said("same")
    second, third = said("same"), said("same")
    assert found("same") == {second, third}
    assert find("same").crowded
    assert not find("other").crowded


def test_messages_from_before_the_index_are_found() -> None:
    """A migration that rebuilds the table of messages drops its triggers."""
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite's triggers")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_added")
    conversation = said("written meanwhile")
    assert found("meanwhile") == set()
    search.prepare()
    assert found("meanwhile") == {conversation}


def test_a_database_filled_before_pairs_of_words_were_kept_is_brought_up_to_date() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL's column")
    conversation = said("lower the dose")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered with checks still open
        cursor.execute("""ALTER TABLE transcripts_message DROP COLUMN search_vector,
            ADD COLUMN search_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED""")
    search.prepare()
    search.prepare()
    assert found('"lower the dose"') == {conversation}


def test_forgetting_loses_nothing_that_is_still_there() -> None:
    conversations = [said(f"word{number}") for number in range(30)]
    Message.objects.filter(conversation=conversations[0]).delete()
    if connection.vendor == "sqlite":  # PostgreSQL does it outside of transactions only
        search.forget()
    assert (found("word0"), found("word7")) == (set(), {conversations[7]})


def test_the_list_says_when_older_messages_are_left_out(as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = as_role("coordinator")
    said("same")
    said("same")
    assert "narrows it down" not in desk.get("/desk/?text=same").content.decode()
    monkeypatch.setattr(search, "MOST_MATCHES", 1)
    assert "narrows it down" in desk.get("/desk/?text=same").content.decode()
