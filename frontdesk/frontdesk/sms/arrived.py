"""A text message as Twilio posts it, read once; the number it came from goes no further than its hash."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict

from frontdesk.exchange.text import storable
from frontdesk.refusals import Refused
from frontdesk.sms.phones import hashed

SID = re.compile(r"[A-Za-z0-9]{2,64}")


@dataclass(frozen=True)
class Arrived:
    """`phone` is the sender's hash; `body` is empty for a picture without words; `opt_out_type` mostly is."""

    sid: str
    phone: str
    body: str
    opt_out_type: str


def read(form: QueryDict) -> Arrived:
    """Raises Refused where Twilio's own fields are missing."""
    sid, sender = form.get("MessageSid", ""), form.get("From", "")
    if not SID.fullmatch(sid) or not sender:
        raise Refused("bad_request")
    return Arrived(sid, hashed(sender), storable(form.get("Body", "")), form.get("OptOutType", ""))
