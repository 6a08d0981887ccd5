"""The line of HTML that a website pastes: plain links in the element, and the script that makes a chat of it.

One line, because editors of websites like to put paragraphs where there are line breaks. Without script, or without
this server, the links are what is left.
"""

from __future__ import annotations

from html import escape

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from frontdesk.safety.reply import EMERGENCY, LIFELINE

LANGUAGES = {
    "en": {"call": "Call", "text": "Text"},
    "es": {"call": "Llamar al", "text": "Mensaje al"},
}


def snippet(language: str = "en") -> SafeString:
    """What a website pastes. Raises KeyError for a language that the widget lacks."""
    return format_html(
        '<helpline-chat{}>{}</helpline-chat> <script src="{}/widget.js" async></script>',
        format_html(' lang="{}"', language) if language != "en" else "",
        links(language),
        settings.CONFIG.public_url,
    )


def links(language: str = "en") -> SafeString:
    """The numbers as links that need no script."""
    helpline = settings.CONFIG.helpline
    return format_html(
        '<a href="tel:{emergency}">{call} {emergency}</a> · <a href="tel:{lifeline}">{call} {lifeline}</a> · '
        '<a href="sms:{lifeline}">{text} {lifeline}</a> · <a href="{tel}">{name}: {number}</a>',
        emergency=EMERGENCY,
        lifeline=LIFELINE,
        name=mark_safe(escape(helpline.name, quote=False)),  # noqa: S308 (escaped, but an apostrophe may stay one)
        number=helpline.number,
        tel=helpline.tel,
        **LANGUAGES[language],
    )
