"""Spanish is recognised, and what must never be missed is known in it."""

from __future__ import annotations

import pytest

from bot.triage.levels import Level, Subject
from bot.triage.normalise import normalise
from bot.triage.spanish import assess, is_spanish

CRISIS, EMERGENCY, ADDICTION, NONE = Level.CRISIS, Level.EMERGENCY, Level.ADDICTION, Level.NONE

SPANISH = [
    "hola",
    "hola, ¿qué es la mioclonía?",
    "mi hermano no despierta",
    "ayuda por favor",
    "NO PUEDO MÁS, ME QUIERO MORIR",
    "tengo miedo y estoy sola",
    "gracias",
]
NOT_SPANISH = [
    "no",
    "no me",
    "hello",
    "i love el paso and los angeles",
    "mi abuela took too many pills and wont wake up",
    "my mijo is using again, ayuda",
    "i am so solo tonight",
    "",
    "😭",
    "123",
]
LEVELS = {
    "not waking": ("mi hermano no despierta", EMERGENCY, "overdose", Subject.OTHER),
    "not breathing": ("mi hija no respira", EMERGENCY, "overdose", Subject.OTHER),
    "by name": ("creo que es una sobredosis", EMERGENCY, "overdose", Subject.OTHER),
    "took too many": ("me tomé muchas pastillas", EMERGENCY, "overdose", Subject.SELF),
    "took too many, no accent": ("me tome todas las pastillas", EMERGENCY, "overdose", Subject.SELF),
    "seizure": ("mi esposo tiene convulsiones", EMERGENCY, "medical_emergency", Subject.OTHER),
    "about to": ("me voy a matar esta noche", EMERGENCY, "suicide_imminent", Subject.SELF),
    "a gun": ("tengo una pistola en la mano", EMERGENCY, "suicide_imminent", Subject.SELF),
    "violence": ("mi novio me está golpeando", EMERGENCY, "violence_now", Subject.SELF),
    "wants to die": ("me quiero morir", CRISIS, "suicidal_thoughts", Subject.SELF),
    "no wish to live": ("ya no quiero vivir", CRISIS, "suicidal_thoughts", Subject.SELF),
    "self-harm": ("me corto los brazos", CRISIS, "self_harm", Subject.SELF),
    "abuse": ("mi esposo me pega", CRISIS, "abuse", Subject.SELF),
    "addiction": ("no puedo dejar las pastillas", ADDICTION, "loss_of_control", Subject.SELF),
}


@pytest.mark.parametrize("message", SPANISH)
def test_spanish(message: str) -> None:
    assert is_spanish(normalise(message).text)


@pytest.mark.parametrize("message", NOT_SPANISH)
def test_english_and_spanglish_are_read_as_english(message: str) -> None:
    assert not is_spanish(normalise(message).text)


@pytest.mark.parametrize(("message", "level", "signal", "subject"), LEVELS.values(), ids=LEVELS)
def test_what_must_never_be_missed(message: str, level: Level, signal: str, subject: Subject) -> None:
    assessment = assess(normalise(message))
    assert (assessment.level, assessment.signals[0], assessment.subject) == (level, signal, subject)
    assert assessment.need
    start, end = assessment.evidence[0].start, assessment.evidence[0].end
    assert message[start:end].strip() == message[start:end] != ""


@pytest.mark.parametrize("message", ["¿qué es la mioclonía?", "hola, buenas noches", "me duele la pierna"])
def test_the_rest_is_none(message: str) -> None:
    assert assess(normalise(message)).level is NONE


def test_the_highest_of_two_comes_first() -> None:
    assessment = assess(normalise("me quiero morir, me tomé todas las pastillas"))
    assert assessment.level is EMERGENCY
    assert assessment.signals == ("overdose", "suicidal_thoughts")
