"""Every text that a phone may get: how many parts it is, by the carriers' rule, and that no number is cut by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from frontdesk.conf import Helpline
from frontdesk.safety.channels import safety_text
from frontdesk.sms.parts import is_gsm7, parts, units
from frontdesk.sms.plain import MOST_PARTS, cut_numbers, for_phone, plain
from frontdesk.sms.texts import fixed_texts
from frontdesk.transcripts.levels import Cause, Channel
from tests.conftest import Configure
from tests.real_parts import DEFAULTS, ROOT

RESPONSES = ROOT / "data" / "responses"
TOPICS = ROOT / "bot" / "nlu" / "topics.yml"
MOST = 306
ONE_PART = 160
# How many choices the assistant offers at most when it is unsure, written out under its question.
CHOICES = 3


def read(path: Path) -> Any:  # noqa: ANN401
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def questions() -> list[str]:
    """What the assistant may quote, the longest first."""
    return sorted((topic["question"] for topic in read(TOPICS).values()), key=len, reverse=True)


def variants() -> Iterator[tuple[str, str]]:
    """Name and raw text of each SMS variant."""
    for path in sorted(RESPONSES.glob("*.yml")):
        for name, found in read(path)["responses"].items():
            yield from ((name, each["text"]) for each in found if each.get("channel") == "sms")


def filled(text: str, question: str = "") -> str:
    return text.format(
        helpline_name=DEFAULTS["HELPLINE_NAME"],
        helpline_number=DEFAULTS["HELPLINE_NUMBER"],
        retention_days=DEFAULTS["RETENTION_DAYS"],
        question=question or questions()[0],
    )


def longest(name: str, text: str) -> str:
    """The text as long as it can get."""
    choices = questions()[:CHOICES] if name == "utter_unsure" else []
    return "\n".join([filled(text), *(f"{number}. {choice}" for number, choice in enumerate(choices, 1))])


VARIANTS = list(variants())
IDS = [f"{name} {number}" for number, (name, _) in enumerate(VARIANTS)]


@pytest.mark.parametrize(("name", "text"), VARIANTS, ids=IDS)
def test_a_reply_of_the_assistant(name: str, text: str) -> None:
    said = longest(name, text)
    danger = name.startswith(("utter_emergency", "utter_crisis"))

    assert is_gsm7(said), sorted({character for character in said if not is_gsm7(character)})
    assert units(said) <= (ONE_PART if danger else MOST), f"{units(said)}: {said}"
    assert len(parts(said)) <= (1 if danger else 2)
    assert cut_numbers(said) == [], parts(said)


FIRST_TURN = [
    (name, longest(name, text))
    for name, text in VARIANTS
    # What is said alone (bot/policies/turn.py), and what is said after an answer.
    if not name.startswith(("utter_emergency", "utter_crisis", "utter_spanish", "utter_disclosure"))
]
DISCLOSURES = [filled(text) for name, text in VARIANTS if name == "utter_disclosure"]
HELP = [said for name, said in FIRST_TURN if name.startswith(("utter_addiction", "utter_distress"))]


@pytest.mark.parametrize(("name", "said"), FIRST_TURN, ids=[f"{name} {n}" for n, (name, _) in enumerate(FIRST_TURN)])
def test_the_first_turn_of_a_talk_says_who_speaks_and_keeps_to_two_parts_a_message(name: str, said: str) -> None:
    """An answer, or help and an answer beside it, and then who speaks."""
    helped = [] if name.startswith(("utter_addiction", "utter_distress")) else HELP
    for disclosure in DISCLOSURES:
        for replies in [(said, disclosure), *((help_, said, disclosure) for help_ in helped)]:
            messages = for_phone(*replies)

            assert max(len(parts(message)) for message in messages) <= MOST_PARTS
            assert "\n".join(messages).split() == "\n".join(replies).split()
            assert disclosure in " ".join(messages[-1].split()), messages[-1]


def test_every_response_has_a_text_for_phones() -> None:
    names = {name for path in RESPONSES.glob("*.yml") for name in read(path)["responses"]}

    assert names
    assert names - {name for name, _ in VARIANTS} == set()


# "Too heavy? Call 988" and "Can't speak? Text 911" are no questions to the person; these would be.
ASKING = "are|is|am|was|were|do|does|did|can|could|will|would|shall|should|may|has|have"
YES_OR_NO = re.compile(rf"(?:^|[.!?:\n] ?)(?:{ASKING})\b(?!')[^.!?\n]*\?", re.IGNORECASE)


@pytest.mark.parametrize(("name", "text"), VARIANTS, ids=IDS)
def test_yes_stop_and_quit_are_no_natural_answer(name: str, text: str) -> None:
    assert not YES_OR_NO.search(text)
    assert not re.search(r"\b(?:reply|answer|text|send) (?:yes|no|stop|quit|end|cancel)\b", text, re.I)


WHAT = re.compile(r"\b(?:what|which|where|when|who|why|how)\b[^.!?]*\?$", re.IGNORECASE)


@pytest.mark.parametrize(("name", "text"), VARIANTS, ids=IDS)
def test_no_reply_ends_in_a_question_that_yes_answers(name: str, text: str) -> None:
    """Also where it quotes one: the last words are what a person answers."""
    said = filled(text, "Can opioids cause it?").strip()

    assert not said.endswith("?") or WHAT.search(said), said


@pytest.mark.parametrize("text", ["Take care. Are you in danger right now?", "Do you want to stop?"])
def test_a_yes_or_no_question_would_be_noticed(text: str) -> None:
    assert YES_OR_NO.search(text)


@pytest.fixture
def _as_shipped(configure: Configure) -> None:
    name, number = DEFAULTS["HELPLINE_NAME"], DEFAULTS["HELPLINE_NUMBER"]
    configure(helpline=Helpline(name, number, "+1" + number.replace("-", "")))


@pytest.mark.usefixtures("_as_shipped")
def test_what_the_front_desk_says_itself_is_one_part_with_the_numbers() -> None:
    texts = set(fixed_texts().values())
    assert texts >= {
        plain(safety_text(Channel.SMS, cause, stored=stored)) for cause in Cause for stored in (True, False)
    }

    for text in texts:
        assert is_gsm7(text)
        assert len(parts(text)) == 1, f"{units(text)}: {text}"
        for number in ("911", "988", DEFAULTS["HELPLINE_NUMBER"]):
            assert number in text
