"""Fills the database with many conversations in no time, to measure the desk with. Nobody is asked about them.

The same numbers make the same conversations: spread over the last 89 days, a tenth of them unread, levels as rare as
they are, texts of common words with a rare one here and there, so that a search may find much or little.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from frontdesk.desk.models import Review, State
from frontdesk.transcripts.levels import Channel, Kind, Level, Subject
from frontdesk.transcripts.models import Conversation, Message, Reply, Signal
from frontdesk.transcripts.writing import writing

AT_ONCE = 1000
DAYS = 89
RARE_WORDS = 20_000
LEVELS = {Level.NONE: 70, Level.DISTRESS: 12, Level.ADDICTION: 10, Level.CRISIS: 5, Level.EMERGENCY: 3}
SIGNALS = {
    Level.NONE: "",
    Level.DISTRESS: "hopelessness",
    Level.ADDICTION: "craving",
    Level.CRISIS: "suicidal_thoughts",
    Level.EMERGENCY: "overdose",
}
KINDS = {
    Level.NONE: Kind.ANSWER,
    Level.DISTRESS: Kind.HANDOFF,
    Level.ADDICTION: Kind.HANDOFF,
    Level.CRISIS: Kind.CRISIS,
    Level.EMERGENCY: Kind.EMERGENCY,
}
TOPICS = ("what_is_myoclonus", "treatment", "alcohol", "does_it_go_away", "detox", "sign_of_addiction", "")
SENTENCES = (
    "the pills make my legs jump at night and I do not know what to do about it because my doctor says it is normal "
    "but the pain is back every morning when I wake up is this from the medicine or can it go away if they lower "
    "the dose my mother took it for years and she had the same twitches in her arms please help me sleep again"
)
WORDS = SENTENCES.split()


def fill(conversations: int, messages: int, seed: int = 1) -> Iterator[int]:
    """Adds them; after each thousand conversations, how many are there so far."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    now = timezone.now()
    each, more = divmod(messages, max(conversations, 1))
    sizes = iter([each + 1] * more + [each] * (conversations - more))
    done = 0
    while batch := list(islice(sizes, AT_ONCE)):
        _add([_Made(chance, now, size) for size in batch])
        done += len(batch)
        yield done


class _Made:
    """One conversation with all that belongs to it, not yet saved."""

    def __init__(self, chance: random.Random, now: datetime, size: int) -> None:
        level = chance.choices(list(LEVELS), weights=list(LEVELS.values()))[0]
        start = now - timedelta(seconds=chance.random() * DAYS * 86_400)
        unread = chance.random() < 0.1
        self.conversation = Conversation(
            id=uuid.UUID(int=chance.getrandbits(128), version=4),
            channel=chance.choice(Channel.values),
            started_at=start,
            last_message_at=min(now, start + timedelta(minutes=size)),
            level=level,
            latest_level=min(level, chance.choice(list(Level))),
            help_offered=level is not Level.NONE,
            safety_replied=chance.random() < 0.01,
            subject=chance.choice(Subject.values),
            unread=unread,
        )
        highest = chance.randrange(size) if size else 0
        self.messages = [
            self._message(chance, number, level if number == highest else Level.NONE) for number in range(size)
        ]
        at = self.conversation.last_message_at + timedelta(hours=chance.expovariate(1 / 4))
        review = Review(conversation=self.conversation, state=State.DONE, first_at=at, changed_at=at)
        self.review = None if unread else review

    def _message(self, chance: random.Random, number: int, level: Level) -> Message:
        at = self.conversation.started_at + timedelta(minutes=number)
        words = [*chance.choices(WORDS, k=chance.randint(4, 30)), f"rare{chance.randrange(RARE_WORDS)}"]
        return Message(
            conversation=self.conversation,
            client_id=f"fill-{number}",
            text=" ".join(words),
            received_at=at,
            answered_at=at + timedelta(seconds=1),
            level=level,
            signals=[SIGNALS[level]] if SIGNALS[level] else [],
            subject=self.conversation.subject,
            evidence=[{"signal": SIGNALS[level], "start": 0, "end": len(words[0])}] if SIGNALS[level] else [],
            intent="faq",
            topic=chance.choice(TOPICS),
            confidence=round(chance.uniform(0.4, 1), 3),
        )


def _add(made: list[_Made]) -> None:
    messages = [message for each in made for message in each.messages]
    signals = [(each.conversation, SIGNALS[Level(each.conversation.level)]) for each in made]
    with writing():
        Conversation.objects.bulk_create(each.conversation for each in made)
        Message.objects.bulk_create(messages, batch_size=AT_ONCE)
        Reply.objects.bulk_create([_reply(message) for message in messages], batch_size=AT_ONCE)
        Signal.objects.bulk_create(Signal(conversation=one, name=name) for one, name in signals if name)
        Review.objects.bulk_create(each.review for each in made if each.review)


def _reply(message: Message) -> Reply:
    level = Level(message.level or 0)
    return Reply(message=message, position=0, kind=KINDS[level], text="An invented reply.", response="utter_faq")
