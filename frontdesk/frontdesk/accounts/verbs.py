"""The verbs of the desk. Each is a permission of its own, `accounts.<verb>`."""

from __future__ import annotations

VERBS: dict[str, str] = {
    "list": "see the list of conversations and the figures",
    "read": "read a conversation",
    "correct": "review a conversation and correct levels and topics",
    "note": "write private notes",
    "assign": "assign a conversation and ask for a second reader",
    "export": "export and print conversations",
    "erase": "erase a conversation",
    "manage": "manage people and read the audit log",
}
