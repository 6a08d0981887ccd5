"""The line of HTML that a website pastes: plain links in the element, and the script that makes a chat of it.

One line, because editors of websites like to put paragraphs where there are line breaks. Without script, or without this
server, the links are what is left.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from frontdesk.safety.reply import EMERGENCY, LIFELINE

LANGUAGES = {
    "en": {"call": "Call", "text": "Text"},
    "es": {"call": "Llamar al", "text": "Mensaje al"},
}


def snippet(language: str = "en") -> SafeString:
    """What a website pastes. Raises KeyError for a language that the widget lacks."""
    script = format_html('<script src="{}/widget.js" async></script>', settings.CONFIG.public_url)
    return element(language) + SafeString(" ") + script


def element(language: str = "en", position: str = "") -> SafeString:
    """The element with the helpline's links, without the script."""
    helpline = settings.CONFIG.helpline
    return format_html(
        '<helpline-chat{attributes}><a href="tel:{emergency}">{call} {emergency}</a> · '
        '<a href="tel:{lifeline}">{call} {lifeline}</a> · <a href="sms:{lifeline}">{text} {lifeline}</a> · '
        '<a href="{tel}">{name}: {number}</a></helpline-chat>',
        attributes=_attributes(lang=language if language != "en" else "", position=position),
        emergency=EMERGENCY,
        lifeline=LIFELINE,
        name=helpline.name,
        number=helpline.number,
        tel=helpline.tel,
        **LANGUAGES[language],
    )


def _attributes(**values: str) -> SafeString:
    found = SafeString("")
    for name, value in values.items():
        if value:
            found += format_html(' {}="{}"', name, value)
    return found
