"""`frontdesk sms-setup`: what to enter at Twilio, word for word."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frontdesk.sms.addresses import RETRIES, state, webhook
from frontdesk.sms.parts import units
from frontdesk.sms.texts import NameTooLongError, check_lengths, word_text
from frontdesk.sms.words import WORDS, Word

ADDRESSES = """\
{state}

Messaging Service > Integration > Send a webhook
  Request URL   {webhook} by HTTP POST
  Fallback URL  where the document of `frontdesk sms-fallback` is, on another host, by HTTP GET

Messaging Service > Opt-Out Management > Advanced Opt-Out
"""
WORD = """\
  {word}, keywords {keywords}; the reply ({units} of 160 characters):
    {text}
"""
NOTES = """\
Take YES away from the keywords of START: people mean an answer by it.
The STOP text of a toll-free number is the network's own and can't be changed.
"""


class Command(BaseCommand):
    help = "Prints the addresses and the texts for STOP, START and HELP to set at Twilio."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_lengths()
        except NameTooLongError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(ADDRESSES.format(state=state(), webhook=webhook() + RETRIES))
        for word in Word:
            text = word_text(word)
            keywords = ", ".join(name.upper() for name, meant in WORDS.items() if meant is word)
            self.stdout.write(WORD.format(word=word, keywords=keywords, units=units(text), text=text))
        self.stdout.write(NOTES)
