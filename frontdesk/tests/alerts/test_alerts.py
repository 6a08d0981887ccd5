"""People are told of an emergency or a crisis: soon, once, without a word of the person."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from frontdesk import pauses
from frontdesk.alerts.addresses import BadAddressError, addresses
from frontdesk.alerts.alerts import GIVE_UP_AFTER, LOOK_BACK, Alerts
from frontdesk.alerts.models import Notice
from frontdesk.assistant.answer import Answer, Said
from frontdesk.pauses import pause
from frontdesk.transcripts.levels import Alert, Cause, Channel, Kind, Level, Subject
from frontdesk.transcripts.models import Conversation, Message
from frontdesk.transcripts.store import store_answer, store_message, store_safety
from tests.alerts.service import Service
from tests.conftest import Configure

pytestmark = pytest.mark.django_db
WORDS = "my own words"


@pytest.fixture
def alerts(service: Service, configure: Configure) -> Iterator[Alerts]:
    configure(alert_urls=(service.url,))
    found = Alerts(addresses())
    yield found
    service.hold.set()
    found.close()


def says(
    level: Level | None, conversation: uuid.UUID | None = None, *, channel: Channel = Channel.WEB, alert: str = ""
) -> uuid.UUID:
    """A message of this level, answered, None with a safety reply; returns the conversation."""
    conversation = conversation or uuid.uuid4()
    message = store_message(conversation, channel, uuid.uuid4().hex, WORDS, timezone.now())
    if level is None:
        store_safety(message, "r", Cause.TIMEOUT)
    else:
        store_answer(message, Answer((Said("r", Kind.ANSWER),), level, ("overdose",), Subject.SELF, (), "i", "t", 0.9))
    Message.objects.filter(pk=message.pk).update(alert=alert)
    return conversation


def settle(alerts: Alerts, until: Callable[[], bool] = lambda: False, within_s: float = 1.0) -> None:
    """Ticks until it is so, or for as long."""
    end = time.monotonic() + within_s
    while not until() and time.monotonic() < end:
        alerts.tick()
        time.sleep(0.02)


def all_sent() -> bool:
    return Notice.objects.exists() and not Notice.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level.EMERGENCY, 1),
        (Level.CRISIS, 1),
        (Level.ADDICTION, 0),
        (Level.DISTRESS, 0),
        (Level.NONE, 0),
    ],
)
def test_which_levels_are_told(level: Level, told: int, alerts: Alerts, service: Service) -> None:
    says(level)
    settle(alerts, all_sent, within_s=5 if told else 0.3)
    assert len(service.got) == told


def test_what_is_told(alerts: Alerts, service: Service) -> None:
    conversation = says(Level.EMERGENCY)
    settle(alerts, all_sent, 5)
    (got,) = service.got
    assert got["title"] == "Emergency (Web)"
    assert got["message"].endswith(f"https://chat.example.org/desk/conversations/{conversation}")
    assert WORDS not in json.dumps(got)
    assert "overdose" not in json.dumps(got)


def test_once_for_a_conversation_and_level(alerts: Alerts, service: Service) -> None:
    conversation = says(Level.CRISIS)
    settle(alerts, all_sent, 5)
    says(Level.CRISIS, conversation)
    settle(alerts, within_s=0.3)
    says(Level.EMERGENCY, conversation)
    settle(alerts, lambda: len(service.got) == 2, 5)
    says(Level.CRISIS, conversation)
    settle(alerts, within_s=0.3)
    assert [got["title"] for got in service.got] == ["Crisis (Web)", "Emergency (Web)"]


@pytest.mark.parametrize(
    ("before", "level", "alert", "told"),
    [
        (Level.CRISIS, Level.CRISIS, Alert.OPTED_OUT, ["Crisis (SMS): the phone has opted out of replies"]),
        (Level.NONE, None, Alert.OPTED_OUT, ["Not assessed (SMS): the phone has opted out of replies"]),
        (Level.CRISIS, Level.CRISIS, Alert.NOT_DELIVERED, ["Crisis (SMS): the reply did not arrive"]),
        (Level.CRISIS, Level.CRISIS, "", []),
    ],
    ids=["danger after STOP, its level told before", "after STOP, not assessed", "not delivered", "delivered"],
)
def test_danger_that_got_no_answer_is_told_once_more(
    alerts: Alerts, service: Service, before: Level, level: Level | None, alert: str, told: list[str]
) -> None:
    conversation = says(before, channel=Channel.SMS)
    settle(alerts, all_sent, within_s=5 if before else 0.3)
    already = len(service.got)

    says(level, conversation, alert=alert)
    settle(alerts, lambda: len(service.got) > already, within_s=5 if told else 0.3)
    says(level, conversation, alert=alert)
    settle(alerts, within_s=0.3)

    assert [got["title"] for got in service.got[already:]] == told
    assert WORDS not in json.dumps(service.got)


def test_it_is_tried_again(alerts: Alerts, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE_S", 0.1)
    service.status = 500
    says(Level.CRISIS)
    settle(alerts, lambda: len(service.got) == 2, 5)
    service.status = 200
    settle(alerts, all_sent, 5)
    assert Notice.objects.get().tries == len(service.got) == 3


def test_a_service_that_hangs_keeps_no_other_waiting(alerts: Alerts, service: Service, configure: Configure) -> None:
    other = Service()
    configure(alert_urls=(service.url, other.url))
    both = Alerts(addresses())
    service.hold.clear()
    says(Level.CRISIS)
    settle(both, lambda: len(service.got) == 1, 5)
    says(Level.EMERGENCY)
    settle(both, lambda: len(other.got) == 2, 5)
    assert len(other.got) == 2
    service.hold.set()
    both.close()
    other.close()


def test_only_the_address_that_failed_is_told_again(service: Service, configure: Configure) -> None:
    other = Service()
    service.status = 500
    configure(alert_urls=(service.url, other.url))
    both = Alerts(addresses())
    says(Level.CRISIS)
    settle(both, lambda: bool(service.got) and bool(other.got), 5)
    service.status = 200
    Notice.objects.filter(sent_at=None).update(next_try_at=timezone.now())
    settle(both, all_sent, 5)
    assert (len(service.got), len(other.got)) == (2, 1)
    both.close()
    other.close()


def test_it_is_given_up_after_a_day(alerts: Alerts, service: Service) -> None:
    service.status = 500
    long_ago = timezone.now() - GIVE_UP_AFTER
    says(Level.CRISIS)
    alerts._note()
    Notice.objects.update(made_at=long_ago)
    settle(alerts, lambda: len(service.got) == 1, 5)
    assert Notice.objects.get().next_try_at is None


def test_old_conversations_are_not_told_of_when_alerts_are_switched_on(alerts: Alerts, service: Service) -> None:
    conversation = says(Level.EMERGENCY)
    Conversation.objects.filter(pk=conversation).update(last_message_at=timezone.now() - LOOK_BACK)
    settle(alerts, within_s=0.3)
    assert service.got == []


def test_a_conversation_erased_meanwhile(alerts: Alerts, service: Service) -> None:
    service.hold.clear()
    conversation = says(Level.EMERGENCY)
    settle(alerts, lambda: bool(service.got), 5)
    Conversation.objects.filter(pk=conversation).delete()
    service.hold.set()
    settle(alerts, within_s=0.3)
    assert not Notice.objects.exists()


def test_quiet_when_nobody_is_to_be_told() -> None:
    says(Level.EMERGENCY)
    Alerts(addresses()).tick()
    assert not Notice.objects.exists()


def test_the_pauses_grow_up_to_ten_minutes() -> None:
    assert [pause(tries).total_seconds() for tries in (1, 2, 3, 7, 8, 100)] == [5, 10, 20, 320, 600, 600]


def test_an_address_that_is_none_is_named_without_its_secret(configure: Configure) -> None:
    configure(alert_urls=("nosuchkind://user:secret@host",))
    with pytest.raises(BadAddressError, match="nosuchkind://") as refused:
        addresses()
    assert "secret" not in str(refused.value)
