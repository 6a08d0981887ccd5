"""Sessions of the web chat: a signed, dated conversation id. Nothing is stored until a message comes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing

from frontdesk.refusals import Refused

_signer = signing.TimestampSigner(salt="frontdesk.webchat.session")


def new_session() -> str:
    """A session for a conversation of its own."""
    return _signer.sign(uuid.uuid4().hex)


def conversation_of(session: object) -> uuid.UUID:
    """The conversation a session stands for.

    Raises Refused for one that is forged, of another installation or too old, and offers a new one with it, so that the
    client can send the same text again at once.
    """
    if not isinstance(session, str):
        raise Refused("session_invalid", {"session": new_session()})
    try:
        return uuid.UUID(hex=_signer.unsign(session, max_age=settings.CONFIG.session_hours * 3600))
    except signing.SignatureExpired as error:
        raise Refused("session_expired", {"session": new_session()}) from error
    except (signing.BadSignature, ValueError) as error:
        raise Refused("session_invalid", {"session": new_session()}) from error
