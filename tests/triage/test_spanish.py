"""Spanish is recognised, and what must never be missed is known in it."""

from __future__ import annotations

import pytest

from bot.triage.levels import Level, Subject
from bot.triage.normalise import normalise
from bot.triage.spanish import assess, is_spanish

CRISIS, EMERGENCY, ADDICTION, NONE = Level.CRISIS, Level.EMERGENCY, Level.ADDICTION, Level.NONE

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
    "a child, a patch": ("mi bebe se tragó un parche", EMERGENCY, "overdose", Subject.OTHER),
    "a bottle": ("me tomé un frasco de pastillas", EMERGENCY, "overdose", Subject.SELF),
    "injected": ("me inyecté demasiado", EMERGENCY, "overdose", Subject.SELF),
    "the hand slipped": ("se me fue la mano con las pastillas", EMERGENCY, "overdose", Subject.SELF),
    "no pulse": ("no le encuentro el pulso", EMERGENCY, "overdose", Subject.OTHER),
    "dying": ("se está muriendo mi papá", EMERGENCY, "overdose", Subject.OTHER),
    "on the floor": ("mi esposo está tirado en el piso y no contesta", EMERGENCY, "overdose", Subject.OTHER),
    "seeing things without alcohol": ("deje de beber y veo cosas", EMERGENCY, "medical_emergency", Subject.SELF),
    "tonight": ("estoy pensando en quitarme la vida esta noche", EMERGENCY, "suicide_imminent", Subject.SELF),
    "a farewell": ("ya me despedí de todos", EMERGENCY, "suicide_imminent", Subject.SELF),
    "veins": ("me corté las venas", EMERGENCY, "suicide_imminent", Subject.SELF),
    "another about to": ("mi esposo se va a matar", EMERGENCY, "suicide_imminent", Subject.OTHER),
    "another wants to": ("mi hija dice que se quiere matar", CRISIS, "suicidal_thoughts", Subject.OTHER),
    "another tried": ("intentó suicidarse hace un año", CRISIS, "suicidal_thoughts", Subject.OTHER),
    "harms herself": ("me hago daño", CRISIS, "self_harm", Subject.SELF),
    "would kill another": ("quiero matar a mi jefe", CRISIS, "harm_to_others", Subject.OTHER),
    "rape": ("me violaron", CRISIS, "abuse", Subject.SELF),
    "touched": ("mi padrastro me toca", CRISIS, "abuse", Subject.SELF),
    "alcohol": ("soy alcohólico", ADDICTION, "loss_of_control", Subject.SELF),
    "addiction": ("no puedo dejar las pastillas", ADDICTION, "loss_of_control", Subject.SELF),
}

SPANISH = [
    "hola",
    "hola, ¿qué es la mioclonía?",
    "mi hermano no despierta",
    "ayuda por favor",
    "NO PUEDO MÁS, ME QUIERO MORIR",
    "tengo miedo y estoy sola",
    "gracias",
    "no habla inglés",
    *(message for message, *_ in LEVELS.values()),
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


@pytest.mark.parametrize(
    "message",
    [
        "¿qué es la mioclonía?",
        "hola, buenas noches",
        "me duele la pierna",
        "mi abuelo murió de sobredosis el año pasado",
        "mi papá se tomó las pastillas de la presión",
        "me estoy muriendo de hambre",
        "voy a matar el tiempo",
        "se me fue la mano con la sal",
        "mi mama no contesta el telefono",
    ],
)
def test_the_rest_is_none(message: str) -> None:
    assert assess(normalise(message)).level is NONE


def test_the_highest_of_two_comes_first() -> None:
    assessment = assess(normalise("me quiero morir, me tomé todas las pastillas"))
    assert assessment.level is EMERGENCY
    assert assessment.signals == ("overdose", "suicidal_thoughts")
