"""How many parts a text message is sent as, by the carriers' rule (3GPP TS 23.038 and 23.040).

In the GSM 7-bit alphabet one message holds 160 units, or 153 in each part of several; one character outside it, and the
whole message is sent as UTF-16: 70 units, or 67 a part. A character of two units is never cut in two.
"""

from __future__ import annotations

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Sent as an escape and a second character.
EXTENDED = frozenset("^{}\\[~]|€\f")
GSM7 = BASIC | EXTENDED


@dataclass(frozen=True)
class Limits:
    """Units in a message of one part, and in each part of several."""

    name: str
    single: int
    part: int


GSM7_LIMITS = Limits("GSM-7", 160, 153)
UCS2_LIMITS = Limits("UCS-2", 70, 67)


def is_gsm7(text: str) -> bool:
    return GSM7.issuperset(text)


def limits(text: str) -> Limits:
    return GSM7_LIMITS if is_gsm7(text) else UCS2_LIMITS


def units(text: str) -> int:
    """The length of `text` in what its parts are measured in."""
    return sum(_cost(character, limits(text)) for character in text)


def parts(text: str) -> list[str]:
    """`text` as it is cut; nothing for an empty one."""
    rule = limits(text)
    if units(text) <= rule.single:
        return [text] if text else []
    cut: list[str] = []
    left = 0
    for character in text:
        cost = _cost(character, rule)
        if cost > left:
            cut.append("")
            left = rule.part
        cut[-1] += character
        left -= cost
    return cut


def _cost(character: str, rule: Limits) -> int:
    if rule is GSM7_LIMITS:
        return 2 if character in EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1
