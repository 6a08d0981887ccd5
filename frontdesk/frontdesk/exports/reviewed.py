"""Corrected messages as examples that the assistant can learn from: Rasa NLU YAML with the tags of docs/data.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from frontdesk.desk.models import Correction
from frontdesk.redaction.redact import redact
from frontdesk.transcripts.levels import Level, Subject
from frontdesk.transcripts.models import Message
from frontdesk.transcripts.signals import LEVEL_OF

HEADER = """\
# Messages as coordinators corrected them, redacted, each once. Written anew by every `frontdesk export-reviewed`, and a
# message goes when its words do (RETENTION_DAYS): move what is worth keeping into the other files.
version: "3.1"
"""
# The need that holds where nothing more is known (bot/triage/data/needs.yml).
NEEDS = {
    Level.EMERGENCY: "medical",
    Level.CRISIS: "suicidal_self",
    Level.ADDICTION: "own_use",
    Level.DISTRESS: "overwhelmed",
}
# Rasa would read these as markup of an entity or as an escape.
MARKUP = re.compile(r"[\[\](){}\\]")
UNTOLD = "off_topic"
ASSUMED = "# Harmless, and nobody said what it asks for: name the topic on the desk, or here.\n"
SINGLE = ("off_topic", "not_in_article", "decline")


@dataclass(frozen=True)
class Tags:
    """What a block of examples has in common."""

    intent: str
    level: Level
    signals: tuple[str, ...]
    subject: str
    assumed: bool = False
    """The intent is a stand-in: the message is harmless, and what it asks for was not said."""

    def __str__(self) -> str:
        signals = ", ".join(self.signals)
        return f"{{level: {self.level.label}, signals: [{signals}], subject: {self.subject}, voice: plain}}"


def export_reviewed() -> tuple[str, int]:
    """The file's content, and how many examples are in it. The same corrections make the same file."""
    blocks: dict[Tags, list[str]] = {}
    seen: set[str] = set()
    for message in _corrected():
        text = example(message.text)
        tags = tags_of(message, list(message.corrections.all())[-1])
        if tags is None or not text or text.casefold() in seen:
            continue
        seen.add(text.casefold())
        blocks.setdefault(tags, []).append(text)
    return "".join([HEADER, "nlu:\n" if blocks else "nlu: []\n", *_blocks(blocks)]), len(seen)


def example(text: str) -> str:
    """A message as one line: redacted once more, without what Rasa takes for markup; empty if no word is left."""
    line = " ".join(MARKUP.sub(" ", redact(text)).split())
    line = "".join(character for character in line if character.isprintable()).lstrip("/#\"'- ")
    return line if re.search(r"\w", line) else ""


def tags_of(message: Message, correction: Correction) -> Tags | None:
    """What the message is, the correction first; None where even the level is not known."""
    level = message.level if correction.level is None else correction.level
    if level is None:
        return None
    level = Level(level)
    # One above the level can't be the message's; one of another version of triage is unknown here.
    known = [signal for signal in message.signals if signal in LEVEL_OF and LEVEL_OF[signal] <= level]
    # Signals of another level than the one that was right tell nothing of what made it right.
    signals = known if level == message.level else [signal for signal in known if LEVEL_OF[signal] == level]
    subject = message.subject or Subject.UNKNOWN.value
    intent = _intent(message, correction, level)
    return Tags(intent, level, tuple(signals), subject, assumed=intent == UNTOLD and message.intent != UNTOLD)


def _intent(message: Message, correction: Correction, level: Level) -> str:
    """Rasa's intent: the topic that is asked for, or of a message that only tells, the level with its need."""
    if correction.topic:
        return f"faq/{correction.topic}"
    if level >= Level.CRISIS or not message.topic:
        said = _said(message)
        told = said if said.startswith(f"{level.label}/") else f"{level.label}/{NEEDS.get(level)}"
        return told if level is not Level.NONE else _harmless(message, said)
    return f"faq/{message.topic}"


def _said(message: Message) -> str:
    """The part of the first reply's name that says what was understood ("crisis/self_harm"); empty for none."""
    names = (reply.response for reply in message.replies.all())
    return next((name.removeprefix("utter_") for name in names if "/" in name), "")


def _harmless(message: Message, said: str) -> str:
    if said.startswith("chitchat/"):
        return said
    return message.intent if message.intent in SINGLE else UNTOLD


def _corrected() -> Iterable[Message]:
    corrections = Prefetch("corrections", Correction.objects.order_by("id"))
    has = Exists(Correction.objects.filter(message=OuterRef("pk")))
    found = Message.objects.filter(has).exclude(text="").order_by("pk")
    return found.prefetch_related("replies", corrections).iterator(500)


def _blocks(blocks: dict[Tags, list[str]]) -> Iterator[str]:
    ordered = sorted(blocks.items(), key=lambda item: (-item[0].level, item[0].intent, str(item[0])))
    for tags, texts in ordered:
        lines = "".join(f"    - {text}\n" for text in texts)
        yield f"{ASSUMED if tags.assumed else ''}- intent: {tags.intent}\n  metadata: {tags}\n  examples: |\n{lines}"
