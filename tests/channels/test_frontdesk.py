"""The assistant's one door, asked over ASGI with a stand-in for the assistant behind it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic
from sanic.log import error_logger

from bot.channels import frontdesk
from bot.channels.frontdesk import FrontDeskChannel, refuse_outdated
from bot.settings import settings
from bot.stores.failure import store_failed
from tests.nlu.trackers import LISTEN, said, tracker

BODY = {"conversation": "c1", "channel": "web", "message": "m1", "text": "my secret words", "seen": None}
LET_IN = {"Authorization": f"Bearer {settings().assistant_token}"}

Behaviour = Callable[[UserMessage], Awaitable[None]]


class Store:
    async def retrieve(self, conversation: str) -> DialogueStateTracker:
        assessment = {"level": "none", "signals": [], "subject": "unknown", "evidence": []}
        return tracker(LISTEN, said("faq", assessment=assessment, topic="alcohol"))


class Processor:
    """Takes what it reads for a crisis; `breaks` where it is told to."""

    async def parse_message(self, message: UserMessage, tracker: DialogueStateTracker) -> dict[str, Any]:
        if "break" in str(message.text):
            raise RuntimeError(f"no way to read {message.text}")
        assessment = {"level": "crisis", "signals": ["self_harm"], "subject": "self", "evidence": []}
        return dict(said("crisis", assessment=assessment, topic=None).parse_data)


async def replies(message: UserMessage) -> None:
    await message.output_channel.send_response("c1", {"text": f"heard {message.text}"})


async def breaks(message: UserMessage) -> None:
    raise RuntimeError(f"no way to read {message.text}")


async def is_not_kept(message: UserMessage) -> None:
    await replies(message)
    store_failed.set(True)


class Door:
    """One Sanic app for all tests (it can be started once a process), with what is behind it set by each."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = replies
        self._loop = asyncio.new_event_loop()
        self._app = Sanic("assistant", configure_logging=False)
        self._app.blueprint(FrontDeskChannel().blueprint(self._take), url_prefix="/webhooks/frontdesk")
        self._loop.run_until_complete(self._app._startup())  # type: ignore[no-untyped-call]
        self.ready(is_ready=True)

    def ready(self, *, is_ready: bool) -> None:
        agent = SimpleNamespace(tracker_store=Store(), processor=Processor(), is_ready=lambda: is_ready)
        self._app.ctx.agent = agent if is_ready else None

    async def _take(self, message: UserMessage) -> None:
        await self.behaviour(message)

    def ask(self, method: str, path: str, body: Any = b"", headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Status and JSON of the answer."""
        sent: list[dict[str, Any]] = []
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": f"/webhooks/frontdesk{path}",
            "raw_path": f"/webhooks/frontdesk{path}".encode(),
            "query_string": b"",
            "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": data, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        self._loop.run_until_complete(self._app(scope, receive, send))
        return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent[1:]))


@cache
def door() -> Door:
    return Door()


def post(behaviour: Behaviour = replies, body: Any = BODY, headers: dict[str, str] = LET_IN) -> tuple[int, Any]:
    door().behaviour = behaviour
    return door().ask("POST", "/message", body, headers)


def test_a_turn_is_answered() -> None:
    status, answer = post()
    assert status == HTTPStatus.OK
    assert [reply["text"] for reply in answer["replies"]] == ["heard my secret words"]
    assert (answer["intent"], answer["topic"]) == ("faq", "alcohol")


def test_an_assessment_has_no_replies_and_no_turn() -> None:
    door().behaviour = breaks
    status, answer = door().ask("POST", "/assess", BODY, LET_IN)
    assert (status, answer["replies"], answer["assessment"]["level"]) == (HTTPStatus.OK, [], "crisis")


def test_an_assessment_that_fails_is_told_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    status, answer = door().ask("POST", "/assess", {**BODY, "text": "break my secret words"}, LET_IN)
    assert (status, answer) == (HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "the assessment failed"})
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [({}, BODY, HTTPStatus.UNAUTHORIZED), (LET_IN, b"junk", HTTPStatus.BAD_REQUEST)],
)
def test_an_assessment_is_guarded_as_a_turn_is(headers: dict[str, str], body: Any, status: HTTPStatus) -> None:
    assert door().ask("POST", "/assess", body, headers)[0] == status


WRONG = {
    "none": {},
    "another": {"Authorization": "Bearer wrong"},
    "only a part": {"Authorization": f"Bearer {settings().assistant_token[:-1]}"},
    "without its word": {"Authorization": settings().assistant_token},
    "empty": {"Authorization": "Bearer "},
    "not ASCII": {"Authorization": "Bearer é"},
}


@pytest.mark.parametrize("headers", WRONG.values(), ids=WRONG)
def test_without_the_token_nobody_is_let_in(headers: dict[str, str]) -> None:
    assert post(breaks, headers=headers)[0] == HTTPStatus.UNAUTHORIZED


def test_the_token_comes_before_the_body() -> None:
    assert post(body=b"junk", headers={})[0] == HTTPStatus.UNAUTHORIZED


def test_a_bad_body_is_told_what_is_wrong() -> None:
    assert post(body={**BODY, "channel": "fax"}) == (
        HTTPStatus.BAD_REQUEST,
        {"error": "channel must be one of web, sms"},
    )


def test_a_turn_that_was_not_kept_is_to_be_asked_again() -> None:
    assert post(is_not_kept)[0] == HTTPStatus.SERVICE_UNAVAILABLE


def test_one_turns_failure_is_not_told_to_the_next() -> None:
    store_failed.set(True)
    assert post()[0] == HTTPStatus.OK


def test_a_turn_that_fails_is_told_by_its_kind_and_never_with_the_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        status, answer = post(breaks)
    assert (status, answer) == (HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "the turn failed"})
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


FOUND = {
    "in a folder, outdated": ("", True, True),
    "in a folder, as it should be": ("", False, False),
    "named, outdated": ("helpline.tar.gz", True, False),
}


@pytest.mark.parametrize(("named", "outdated", "refused"), FOUND.values(), ids=FOUND)
def test_the_server_refuses_an_outdated_model_that_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, *, outdated: bool, refused: bool
) -> None:
    (tmp_path / "helpline.tar.gz").write_bytes(b"")
    judged: list[Path] = []

    def judge(model: Path) -> bool:
        judged.append(model)
        return outdated

    monkeypatch.setattr(frontdesk, "is_outdated", judge)
    monkeypatch.setattr(error_logger, "disabled", False)
    processor = SimpleNamespace(model_path=tmp_path / named, model_filename="helpline.tar.gz")
    app: Any = SimpleNamespace(ctx=SimpleNamespace(agent=SimpleNamespace(processor=processor)))
    with pytest.raises(SystemExit, match="run `make train`") if refused else nullcontext():
        asyncio.run(refuse_outdated(app, None))
    assert judged == ([] if named else [tmp_path / "helpline.tar.gz"])


@pytest.mark.parametrize(("ready", "status"), [(True, HTTPStatus.OK), (False, HTTPStatus.SERVICE_UNAVAILABLE)])
def test_health_says_whether_the_model_is_loaded(*, ready: bool, status: HTTPStatus) -> None:
    door().ready(is_ready=ready)
    try:
        assert door().ask("GET", "/")[0] == status
    finally:
        door().ready(is_ready=True)
