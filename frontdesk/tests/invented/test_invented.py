"""Invented conversations: enough to see, enough to measure, and never among real ones."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from frontdesk.invented import demo
from frontdesk.invented.fill import fill
from frontdesk.invented.measure import GOALS_MS
from frontdesk.invented.talks import talks
from frontdesk.search.search import find
from frontdesk.transcripts.levels import Channel
from frontdesk.transcripts.models import Conversation, Message, Reply
from tests import fake_assistant as fake
from tests.conftest import Configure
from tests.fake_assistant import FakeAssistant


@pytest.mark.parametrize("command", ["demo", "fill", "measure"])
def test_never_in_production(command: str, configure: Configure) -> None:
    configure(mode="production")
    with pytest.raises(CommandError, match="MODE=production"):
        call_command(command)


def test_the_talks_are_readable_and_of_both_channels() -> None:
    found = talks()
    assert {talk.channel for talk in found} == set(Channel)
    assert all(talk.messages and all(talk.messages) for talk in found)
    assert len(found) >= 20


@pytest.mark.django_db(transaction=True)
def test_demo_goes_through_the_assistant(assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    assert Conversation.objects.count() == len(talks())
    assert len(assistant.asked) == Message.objects.count() == sum(len(talk.messages) for talk in talks())
    assert "not answered" not in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_loading_takes_nothing_from_the_first_message(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[int] = []
    monkeypatch.setattr(demo, "redact", lambda _: loaded.append(Message.objects.count()))

    next(demo.play())

    assert loaded == [0]


@pytest.mark.django_db(transaction=True)
def test_demo_says_when_the_assistant_is_not_there(
    assistant: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant.behave = fake.sends_raw(b"", 500)
    call_command("demo")
    assert f"{len(talks())} of them were not answered by the assistant" in capsys.readouterr().out


@pytest.mark.django_db
def test_fill_adds_exactly_as_many() -> None:
    assert list(fill(30, 100)) == [30]
    assert (Conversation.objects.count(), Message.objects.count(), Reply.objects.count()) == (30, 100, 100)
    assert not Conversation.objects.filter(messages=None).exists()
    assert find("pain").conversations
    assert all(made.level >= (made.latest_level or 0) for made in Conversation.objects.all())


@pytest.mark.django_db
def test_measure_measures_all_there_is_to_measure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    list(fill(120, 240))
    monkeypatch.setattr("frontdesk.invented.measure.GOALS_MS", dict.fromkeys(GOALS_MS, 60_000))
    call_command("measure", rounds=1)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(GOALS_MS)


@pytest.mark.django_db
def test_measure_says_what_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    list(fill(2, 4))
    monkeypatch.setattr("frontdesk.invented.measure.GOALS_MS", {**dict.fromkeys(GOALS_MS, 60_000), "search": 0})
    with pytest.raises(CommandError, match="too slow: search"):
        call_command("measure", rounds=1)
