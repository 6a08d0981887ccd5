"""The safety reply: what a person gets when anything after their message has failed."""

from __future__ import annotations

from django.conf import settings

EMERGENCY = "911"
LIFELINE = "988"  # the US Suicide & Crisis Lifeline: call or text


def numbers_sentence() -> str:
    """The three numbers in one plain passage, fit for any reply or refusal."""
    helpline = settings.CONFIG.helpline
    return (
        f"If a life may be in danger, call {EMERGENCY} now. "
        f"For thoughts of suicide, call or text {LIFELINE}. "
        f"To talk to a person, call {helpline.name} at {helpline.number}: free and confidential, at any time of day."
    )


def long_safety(*, stored: bool) -> str:
    """The safety reply on a page. It says so where the message was not kept, because then it has to be sent again."""
    start = "I can't answer right now." if stored else "I can't answer right now, and your message was not received."
    end = "" if stored else " You can send your message again in a minute."
    return f"{start} {numbers_sentence()}{end}"


def helpline_json() -> dict[str, str]:
    """The helpline as every JSON answer of the front desk carries it."""
    helpline = settings.CONFIG.helpline
    return {"name": helpline.name, "number": helpline.number, "tel": helpline.tel}
