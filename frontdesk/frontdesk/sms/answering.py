"""What is said to one text message, and whether anything is."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.exchange.exchange import Incoming, Outcome, exchange
from frontdesk.safety.short import short_rate
from frontdesk.sms import delivery, phones, rates
from frontdesk.sms.arrived import Arrived
from frontdesk.sms.plain import for_phone
from frontdesk.sms.texts import word_text
from frontdesk.sms.words import Word, carrier_word, says_more
from frontdesk.transcripts.levels import Channel


@dataclass(frozen=True)
class Sent:
    """The text messages to send, in order; `message` is the stored message that they answer, if any."""

    texts: tuple[str, ...] = ()
    message: int | None = None


NOTHING = Sent()

# For the reply to be written down. Twilio waits 15 s; the longest way to a reply is that of a sentence which the
# carrier took for START: 2 s to record that, 3 for its conversation, 5.5 at most for the assistant, this, and 1 more.
# (After STOP nothing can be sent: no reply comes late there.)
PATIENCE_S = 3.0


def answer(arrived: Arrived) -> Sent:
    """Raises django.db.Error when the database can't; the exchange itself never fails."""
    if word := carrier_word(arrived.body, arrived.opt_out_type):
        _record(arrived.phone, word)
        if not says_more(arrived.body):
            return _carrier(arrived, word)
    if not phones.arrived(arrived.sid) and rates.too_many(arrived.phone):
        return Sent(for_phone(short_rate())) if rates.may_say_so(arrived.phone, arrived.sid) else NOTHING
    talk = phones.talk(arrived.phone, arrived.sid)
    outcome = exchange(Incoming(talk.conversation, Channel.SMS, arrived.sid, arrived.body, patience_s=PATIENCE_S))
    if talk.opted_out_at and outcome.message and not delivery.withhold(outcome.message, talk.opted_out_at):
        return NOTHING
    return _sent(outcome)


def _record(phone: str, word: Word) -> None:
    if word is Word.STOP:
        phones.opt_out(phone)
    elif word is Word.START:
        phones.opt_in(phone)


def _carrier(arrived: Arrived, word: Word) -> Sent:
    """`OptOutType` says that the carrier has answered; to STOP it always has."""
    answered = word is Word.STOP or bool(arrived.opt_out_type)
    return NOTHING if answered else Sent((word_text(word),))


def _sent(outcome: Outcome) -> Sent:
    return Sent(for_phone(*(reply.text for reply in outcome.replies)), outcome.message)
