"""Every answer: the right numbers and no other, short, plain, and with the lines that keep people safe."""

from __future__ import annotations

import re
from string import Formatter

import pytest
import textstat

from bot.nlu.choice import titles
from bot.settings import settings
from bot.triage.conversation import says
from bot.triage.needs import all_needs
from bot.triage.normalise import normalise
from tests.data.answers import Variant, of, responses, variants

HAND_OFF = ("addiction", "distress")
DANGER = ("emergency", "crisis")
WORDS = 60
GRADE = 8.0
TWO_PARTS, ONE_PART = 306, 160
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€")
"""Characters that take the room of two."""
LIKE_A_NUMBER = re.compile(r"\d(?:(?:[-.]|\) ?| )?\d)*")
YEARS = {"2011", "2017"}
"""Of the article's two sources."""
LINES = {"tel:911", "tel:988", "sms:988"}
PLACEHOLDERS = {"helpline_name", "helpline_number", "retention_days", "question"}

NEVER_STOP_AN_OPIOID = (
    "treatment",
    "does_it_go_away",
    "pain_alternatives",
    "addiction_treatment",
    "detox",
    "still_using_despite_effects",
)
NEVER_STOP_ALCOHOL = ("alcohol", "other_drugs")
SOURCES = {
    "alcohol": "Kojovic",
    "other_drugs": "Kojovic",
    "small_or_short_doses": "Woodward",
    "routes_and_kinds": "Woodward",
    "hyperalgesia": "Woodward",
}
SAID: dict[str, tuple[str, ...]] = {
    "emergency/overdose_other": ("naloxone|narcan", "on their side", "stay"),
    "emergency/overdose_self": ("naloxone|narcan", "someone|somebody"),
    "emergency/child_poisoned": ("naloxone|narcan", "stay"),
    "emergency/opioid_toxicity": ("naloxone|narcan", "stay"),
    "emergency/suicide_self": ("988",),
    "emergency/suicide_other": ("988", "stay"),
    "emergency/violence": ("text 911",),
    "crisis/refusal": ("text", "free"),
    "crisis/abuse": ("not your fault",),
    "addiction/sedative_withdrawal": ("doctor today", "alone", "911"),
    "addiction/withdrawal": ("old dose", "naloxone"),
    "addiction/relapse": ("old dose", "naloxone"),
    "addiction/relapse_other": ("old dose", "naloxone", "911"),
    "faq/detox": ("old dose", "naloxone", "no prescription|without a prescription"),
    "distress/panic": ("988", "911"),
    "distress/pain": ("doctor",),
    "after_crisis": ("988",),
    "not_in_article": ("doctor or pharmacist", "article"),
    "disclosure": ("automated", "911", "staff may read", "confidential", "days"),
    "chitchat/are_you_human": ("automated", "911", "staff may read", "confidential", "days"),
    "chitchat/is_this_private": ("automated", "911", "staff may read", "confidential", "days"),
    "spanish": ("911", "988", "oprima 2", "ayuda", "gratuita", "confidencial"),
}
UNSAFE = r"commit(?:ted|s|ting)? suicide|successful|failed attempt|selfish|junkie|addicts?\b|abuser"
"""AFSP, 988 and WHO on safe messaging; people are not called by their illness."""


def ids(one: Variant) -> str:
    return str(one)


def gsm_length(text: str) -> int:
    return sum(2 if character in GSM_TWICE else 1 for character in text)


def numbers(text: str) -> list[str]:
    return [found for found in LIKE_A_NUMBER.findall(text) if len(re.sub(r"\D", "", found)) >= 3]


@pytest.mark.parametrize(
    "response", [f"utter_{level}/{need}" for level, needs in all_needs().items() for need in needs]
)
def test_every_need_has_its_reply(response: str) -> None:
    assert response in responses()


@pytest.mark.parametrize("response", [f"utter_faq/{topic}" for topic in titles()])
def test_every_topic_has_its_answer(response: str) -> None:
    assert response in responses()


@pytest.mark.parametrize(
    "response", [one for one in responses() if one.split("_")[1].split("/")[0] in (*DANGER, *HAND_OFF)]
)
def test_every_reply_is_of_a_need(response: str) -> None:
    level, need = response.removeprefix("utter_").split("/")
    assert need in all_needs()[level]


@pytest.mark.parametrize("response", responses())
def test_every_response_is_written_for_both_channels(response: str) -> None:
    assert {one.channel for one in variants() if one.response == response} == {"web", "sms"}


@pytest.mark.parametrize("response", [one for one in responses() if one.startswith(("utter_faq/", "utter_chitchat/"))])
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_an_answer_asked_twice_is_worded_anew(response: str, channel: str) -> None:
    texts = [one.raw for one in variants() if (one.response, one.channel) == (response, channel)]
    assert len(set(texts)) == len(texts) >= 2


@pytest.mark.parametrize("one", variants(), ids=ids)
def test_only_numbers_on_the_list(one: Variant) -> None:
    allowed = {"911", "988", settings().helpline_number, str(settings().retention_days), *YEARS}
    assert set(numbers(one.text)) <= allowed
    assert set(numbers(one.raw)) <= {"911", "988", *YEARS}, "the number comes from the settings"


@pytest.mark.parametrize("one", variants(), ids=ids)
def test_nothing_is_left_to_fill_in(one: Variant) -> None:
    assert {field for _, field, *_ in Formatter().parse(one.raw) if field is not None} <= PLACEHOLDERS


@pytest.mark.parametrize("one", [one for one in variants() if one.kind != "spanish"], ids=ids)
def test_plain_words(one: Variant) -> None:
    assert textstat.flesch_kincaid_grade(one.text) <= GRADE


@pytest.mark.parametrize(
    "one", [one for one in variants() if one.channel == "web" and one.kind not in (*DANGER, *HAND_OFF)], ids=ids
)
def test_short_enough_for_the_web(one: Variant) -> None:
    assert len(one.text.split()) <= WORDS


@pytest.mark.parametrize("one", [one for one in variants() if one.channel == "sms"], ids=ids)
def test_short_enough_for_sms(one: Variant) -> None:
    assert set(one.text) <= GSM | GSM_TWICE
    assert gsm_length(one.text) <= (ONE_PART if one.kind in DANGER else TWO_PARTS)


@pytest.mark.parametrize("one", variants(), ids=ids)
def test_safe_words(one: Variant) -> None:
    assert not re.search(UNSAFE, one.text, re.IGNORECASE)


@pytest.mark.parametrize("one", of("emergency"), ids=ids)
def test_an_emergency_begins_with_911_and_ends_with_the_helpline(one: Variant) -> None:
    assert numbers(one.text)[0] == "911"
    assert one.text.index("911") < 20
    assert numbers(one.text)[-1] == settings().helpline_number


@pytest.mark.parametrize("one", of("crisis"), ids=ids)
def test_a_crisis_holds_988_the_helpline_and_911(one: Variant) -> None:
    assert {"988", "911", settings().helpline_number} == set(numbers(one.text))


@pytest.mark.parametrize("one", of(*HAND_OFF), ids=ids)
def test_a_hand_off_holds_the_number_and_why_it_fits(one: Variant) -> None:
    assert settings().helpline_number in numbers(one.text)
    assert re.search(r"\bfree\b", one.text)


@pytest.mark.parametrize(
    "one", of("unsure", "not_in_article", "decline", "off_topic", "disclosure", "spanish"), ids=ids
)
def test_the_number_is_in_the_answers_that_lead_nowhere_else(one: Variant) -> None:
    assert settings().helpline_number in numbers(one.text)


@pytest.mark.parametrize("one", of("faq"), ids=ids)
def test_an_answer_names_the_article_and_its_source(one: Variant) -> None:
    assert "article" in one.text.lower()
    assert SOURCES.get(one.name, "") in one.text


@pytest.mark.parametrize("one", [one for one in of("faq") if one.name in NEVER_STOP_AN_OPIOID], ids=ids)
def test_a_word_on_stopping_an_opioid_says_how_not_to(one: Variant) -> None:
    text = one.text.lower()
    assert re.search(r"never (?:stop [\w ]+ )?suddenly or alone", text)
    assert re.search(r"prescriber (?:plans?|to plan)|let your prescriber plan", text)


@pytest.mark.parametrize("one", [one for one in of("faq") if one.name in NEVER_STOP_ALCOHOL], ids=ids)
def test_a_word_on_alcohol_says_how_not_to_stop(one: Variant) -> None:
    text = one.text.lower()
    assert re.search(r"never (?:stop [\w ()]+ )?suddenly or alone", text)
    assert "benzo" in text
    assert re.search(r"doctor plan", text)


@pytest.mark.parametrize(("response", "patterns"), SAID.items(), ids=SAID)
def test_what_a_reply_must_say(response: str, patterns: tuple[str, ...]) -> None:
    written = [one for one in variants() if one.response == f"utter_{response}"]
    missing = [f"{one}: {p}" for one in written for p in patterns if not re.search(p, one.text, re.IGNORECASE)]
    assert written
    assert missing == []


BUTTONS = [(one, button) for one in variants() for button in one.buttons]


@pytest.mark.parametrize(("one", "button"), BUTTONS, ids=[f"{one} {button['title']}" for one, button in BUTTONS])
def test_a_button_calls_a_number_on_the_list_or_says_something(one: Variant, button: dict[str, str]) -> None:
    payload = button["payload"]
    assert payload in LINES or not payload.startswith(("/", "tel:", "sms:"))
    if button["title"].startswith(("Yes", "Not")):
        answer, other = ("yes", "no") if button["title"].startswith("Yes") else ("no", "yes")
        assert says(answer, normalise(payload).text)
        assert not says(other, normalise(payload).text)


@pytest.mark.parametrize("one", [one for one in of("crisis", channel="web") if one.name != "refusal"], ids=ids)
def test_a_crisis_asks_whether_there_is_danger_now_and_offers_the_answers(one: Variant) -> None:
    assert one.text.endswith("in danger right now?")
    assert [button["title"][:3] for button in one.buttons[:2]] == ["Yes", "Not"]
    assert {button["payload"] for button in one.buttons} >= {"sms:988", "tel:988"}


@pytest.mark.parametrize("topic", titles())
def test_a_topic_is_offered_by_a_short_title_and_a_question(topic: str) -> None:
    assert len(titles()[topic]["title"]) <= 30
    assert titles()[topic]["question"].endswith("?")
