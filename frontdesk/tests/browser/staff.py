"""A front desk with its desk open for work: an assistant that answers at once, people who write, staff who read."""

from __future__ import annotations

import base64
import re
import secrets

import httpx
from django_otp.oath import totp
from playwright.sync_api import Page

from frontdesk.sms.signature import HEADER
from tests.fake_assistant import Body, Reply, answer_to
from tests.real_parts import FrontDesk
from tests.sms.conftest import FORM, signature

# What a message is about, by words in it: level, signal, kind of reply.
KNOWN = {
    "wont wake up": ("emergency", "overdose", "emergency"),
    "want to die": ("crisis", "suicidal_thoughts", "crisis"),
    "cant stop taking": ("addiction", "loss_of_control", "handoff"),
    "so alone": ("distress", "loneliness", "handoff"),
}
REPLIES = {
    "emergency": "Call 911 now. Stay with them, and give naloxone if you have it.",
    "crisis": "Please call or text 988 now. Somebody is there at any hour.",
    "handoff": "You can talk to a person, free and confidential.",
    "answer": "Myoclonus is a quick jerk of a muscle that nobody can stop.",
}


def behave(reply: Reply, question: Body) -> None:
    """Answers as the assistant would, from the few words it knows."""
    words = next((each for each in KNOWN if each in question["text"]), "")
    level, signal, kind = KNOWN.get(words, ("none", "", "answer"))
    start = question["text"].find(words)
    evidence = [{"signal": signal, "start": start, "end": start + len(words)}] if words else []
    said = {"text": REPLIES[kind], "kind": kind, "response": f"utter_{kind}", "buttons": []}
    subject = "other" if level == "emergency" else "self"
    assessment = {"level": level, "signals": [signal] if words else [], "subject": subject, "evidence": evidence}
    topic = None if words else "what_is_myoclonus"
    reply.json(answer_to(question, replies=[said], assessment=assessment, topic=topic, confidence=0.93))


def write(front: FrontDesk, text: str) -> None:
    """Somebody on the website."""
    front.say(text, front.session())


def text_message(front: FrontDesk, text: str, number: str = "+12125550199") -> None:
    """Somebody with a phone."""
    sid = f"SM{secrets.token_hex(16)}"
    fields = {"MessageSid": sid, "From": number, "To": "+12125550147", "Body": text, "NumMedia": "0"}
    address = front.environment["PUBLIC_URL"] + "/sms/twilio"
    headers = {HEADER: signature(address, fields), "Content-Type": FORM}
    httpx.post(f"{front.url}/sms/twilio", data=fields, headers=headers).raise_for_status()


def new_administrator(front: FrontDesk, name: str) -> str:
    """Their password."""
    made = front.command("administrator", name)
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[1]


class Member:
    """Somebody of the staff in a browser of their own."""

    def __init__(self, page: Page, front: FrontDesk, name: str, password: str) -> None:
        self.page = page
        self.url = f"{front.url}/desk/"
        self.name = name
        self.password = password
        self.status = page.get_by_role("status")
        self.rows = page.locator("#rows tbody tr")

    def log_in(self) -> Member:
        self.page.goto(self.url)
        self.page.get_by_label("Name").fill(self.name)
        self.page.get_by_label("Password").fill(self.password)
        self.page.get_by_role("button", name="Log in").click()
        return self

    def set_up_codes(self) -> Member:
        """With the key that the page shows."""
        shown = self.page.locator("#key").inner_text().replace(" ", "")
        self.page.get_by_label("Code").fill(f"{totp(base64.b32decode(shown)):06d}")
        self.page.get_by_role("button", name="Go on").click()
        return self

    def press(self, *keys: str) -> Member:
        self.page.wait_for_load_state()  # before that nobody listens to keys
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def go(self, address: str) -> Member:
        self.page.goto(self.url + address)
        return self

    def download(self, address: str) -> str:
        """A file of the desk, asked for by this browser."""
        answer = self.page.request.get(self.url + address)
        assert answer.ok, answer.status
        return answer.text()

    def password_of_new(self, name: str, role: str) -> str:
        """Adds somebody and reads their password off the page."""
        self.go("people").page.get_by_label("Name").fill(name)
        self.page.get_by_label("Role").select_option(role)
        self.page.get_by_role("button", name="Add").click()
        return self.page.locator("#password").inner_text()


def identity(address: str) -> str:
    """The conversation's id in the address of its page."""
    found = re.search(r"conversations/([0-9a-f-]{36})", address)
    assert found
    return found[1]
