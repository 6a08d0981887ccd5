"""An assistant to test with: a real HTTP server on loopback that behaves as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


def answer_to(question: Body, **changes: Any) -> Body:  # noqa: ANN401
    """A proper answer that repeats the text, so that a crossed reply shows."""
    return {
        "replies": [{"text": f"About: {question['text']}", "kind": "answer", "response": "utter_test", "buttons": []}],
        "assessment": {"level": "none", "signals": [], "subject": "unknown", "evidence": []},
        "intent": "faq/test",
        "topic": "test",
        "confidence": 0.9,
        **changes,
    }


class FakeAssistant:
    """Listens on `port` until `close`; `asked` is what it was asked, in order; `behave` decides what comes back."""

    def __init__(self) -> None:
        self.asked: list[Body] = []
        self.tokens: list[str] = []
        self.paths: list[str] = []
        self.behave: Callable[[Reply, Body], None] = proper
        self.server = _Server(("127.0.0.1", 0), _handler(self))
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Reply:
    """What a behaviour writes its answer with."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.handler = handler

    def send(self, content: bytes, status: int = 200, length: int | None = None) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", "application/json")
        self.handler.send_header("Content-Length", str(len(content) if length is None else length))
        self.handler.end_headers()
        self.handler.wfile.write(content)
        self.handler.wfile.flush()

    def json(self, found: object, status: int = 200) -> None:
        self.send(json.dumps(found).encode(), status)


HANG_S = 4.0  # longer than any deadline a test sets


def proper(reply: Reply, question: Body) -> None:
    reply.json(answer_to(question))


def hang(reply: Reply, question: Body) -> None:
    time.sleep(HANG_S)


def hang_halfway(reply: Reply, question: Body) -> None:
    whole = json.dumps(answer_to(question)).encode()
    reply.send(whole[:20], length=len(whole))
    time.sleep(HANG_S)


def drip(reply: Reply, question: Body) -> None:
    """A byte now and then: no timeout between two bytes is ever reached."""
    whole = json.dumps(answer_to(question)).encode()
    reply.send(b"", length=len(whole))
    for byte in whole[:40]:
        time.sleep(HANG_S / 40)
        reply.handler.wfile.write(bytes([byte]))
        reply.handler.wfile.flush()


def break_off(reply: Reply, question: Body) -> None:
    reply.send(b'{"replies"', length=1000)


def giant(reply: Reply, question: Body) -> None:
    reply.send(b" " * 2_000_000)


def sends(found: object) -> Callable[[Reply, Body], None]:
    return lambda reply, question: reply.json(found)


def sends_raw(content: bytes, status: int = 200) -> Callable[[Reply, Body], None]:
    return lambda reply, question: reply.send(content, status)


def changed(**changes: Any) -> Callable[[Reply, Body], None]:  # noqa: ANN401
    return lambda reply, question: reply.json(answer_to(question, **changes))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is what the tests are about."""


def _handler(assistant: FakeAssistant) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assistant.asked.append(question)
            assistant.tokens.append(self.headers["Authorization"])
            assistant.paths.append(self.path)
            assistant.behave(Reply(self), question)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    return Handler
