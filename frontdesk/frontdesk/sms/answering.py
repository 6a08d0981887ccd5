"""What is said to one text message, and whether anything is."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.exchange.exchange import Incoming, Outcome, exchange
from frontdesk.safety.short import short_rate
from frontdesk.sms import delivery, phones, rates
from frontdesk.sms.arrived import Arrived
from frontdesk.sms.plain import for_phone
from frontdesk.sms.texts import word_text
from frontdesk.sms.words import Word, carrier_word, starts_again
from frontdesk.transcripts.levels import Channel


@dataclass(frozen=True)
class Sent:
    """The text messages to send, in order; `message` is the stored message that they answer, if any."""

    texts: tuple[str, ...] = ()
    message: int | None = None


NOTHING = Sent()

# Twilio waits 15 s: 3 at most for the conversation, 6 for the assistant, and this for the reply to be written down.
PATIENCE_S = 4.0


def answer(arrived: Arrived) -> Sent:
    """Raises django.db.Error when the database can't; the exchange itself never fails."""
    if word := _word(arrived):
        return _carrier(arrived, word)
    if rates.too_many(arrived.phone) and not phones.arrived(arrived.sid):
        return Sent(for_phone(short_rate())) if rates.may_say_so(arrived.phone) else NOTHING
    talk = phones.talk(arrived.phone, arrived.sid)
    outcome = exchange(Incoming(talk.conversation, Channel.SMS, arrived.sid, arrived.body, patience_s=PATIENCE_S))
    if talk.opted_out and outcome.message is not None and not delivery.withhold(outcome.message):
        return NOTHING
    return _sent(outcome)


def _word(arrived: Arrived) -> Word | None:
    if word := carrier_word(arrived.body, arrived.opt_out_type):
        return word
    return Word.START if starts_again(arrived.body) and phones.opted_out(arrived.phone) else None


def _carrier(arrived: Arrived, word: Word) -> Sent:
    """`OptOutType` says that the carrier has answered; to STOP it always has."""
    if word is Word.STOP:
        phones.opt_out(arrived.phone)
    elif word is Word.START:
        phones.opt_in(arrived.phone)
    answered = word is Word.STOP or bool(arrived.opt_out_type)
    return NOTHING if answered else Sent((word_text(word),))


def _sent(outcome: Outcome) -> Sent:
    return Sent(for_phone(*(reply.text for reply in outcome.replies)), outcome.message)
