"""What the front desk says by itself to a phone: each fits one text message of 160 GSM-7 characters."""

from __future__ import annotations

from django.conf import settings

from frontdesk.safety.reply import EMERGENCY, LIFELINE


def short_numbers() -> str:
    """The three numbers in as few words as can be."""
    helpline = settings.CONFIG.helpline
    return (
        f"Danger to life: call {EMERGENCY}. Suicide: call or text {LIFELINE}. "
        f"{helpline.name}, free, confidential: {helpline.number}"
    )


def short_safety(*, stored: bool) -> str:
    """The safety reply. It says so where the message was not kept, because then it has to be sent again."""
    start = "I can't answer right now." if stored else "Your text was not received, please send it again."
    return f"{start} {short_numbers()}"


def short_wordless() -> str:
    """For a picture without words, or nothing at all."""
    return f"I can only read words. Please write what you need. {short_numbers()}"


def short_rate() -> str:
    """For more messages than a person can write."""
    return f"Many texts at once: please send this again in a minute. {short_numbers()}"
