"""The assistant's one door: the front desk's requests, on loopback, with its token.

Rasa's `--auth-token` guards its HTTP API, not its channels, so the token is checked here.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.log import error_logger
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.replies import CHANNELS
from bot.channels.request import BadRequest, Turn, parse_turn
from bot.channels.turn import answer_of
from bot.nlu.history import last_parse
from bot.settings import settings
from bot.stores.failure import store_failed
from bot.training import OUTDATED, is_outdated

logger = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class FrontDeskChannel(InputChannel):
    """`POST /webhooks/frontdesk/message`, `POST /webhooks/frontdesk/assess` and `GET /webhooks/frontdesk/`."""

    @classmethod
    def name(cls) -> str:
        """Part of the address."""
        return "frontdesk"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The three routes."""
        blueprint = Blueprint("frontdesk_channel", "bot.channels.frontdesk")
        blueprint.listener("after_server_start")(refuse_outdated)

        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            ready = getattr(request.app.ctx, "agent", None) is not None and request.app.ctx.agent.is_ready()
            return _json(
                {"status": "ok" if ready else "loading"}, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
            )

        @blueprint.post("/message")
        async def message(request: Request) -> HTTPResponse:
            turn = _turn(request)
            if isinstance(turn, HTTPResponse):
                return turn
            return await _take(turn, request.app.ctx.agent, on_new_message)

        @blueprint.post("/assess")
        async def assess(request: Request) -> HTTPResponse:
            turn = _turn(request)
            return turn if isinstance(turn, HTTPResponse) else await _assess(turn, request.app.ctx.agent)

        return blueprint


async def refuse_outdated(app: Sanic, _: object) -> None:
    """Ends the server with one line when the model that it found is outdated (`bot.training`).

    Rasa keeps the folder where it looked for a model, and the file where one was named: that is taken at its word.
    """
    processor = getattr(getattr(app.ctx, "agent", None), "processor", None)
    if processor and processor.model_path.is_dir() and is_outdated(processor.model_path / processor.model_filename):
        error_logger.disabled = True  # Sanic would add a trace
        raise SystemExit(f"helpline: {OUTDATED}")


def _turn(request: Request) -> Turn | HTTPResponse:
    """What is asked, or why it is not answered."""
    if not _let_in(request):
        return _json({"error": "wrong or missing token"}, HTTPStatus.UNAUTHORIZED)
    try:
        return parse_turn(request.body)
    except BadRequest as error:
        return _json({"error": str(error)}, HTTPStatus.BAD_REQUEST)


async def _take(turn: Turn, agent: Any, on_new_message: OnMessage) -> HTTPResponse:
    """Run the turn; whatever fails is told by kind, never with the person's words (Rasa would log those)."""
    replies = CHANNELS[turn.channel]()
    try:
        store_failed.set(False)
        await on_new_message(turn.as_user_message(replies))
        tracker = await agent.tracker_store.retrieve(turn.conversation)
    except Exception as error:
        logger.error("a turn failed: %s", type(error).__name__)  # noqa: TRY400 - a trace would hold the words
        return _json({"error": "the turn failed"}, HTTPStatus.INTERNAL_SERVER_ERROR)
    if store_failed.get():
        return _json({"error": "the turn could not be kept; ask again"}, HTTPStatus.SERVICE_UNAVAILABLE)
    return _json(answer_of(turn, last_parse(tracker), replies), HTTPStatus.OK)


async def _assess(turn: Turn, agent: Any) -> HTTPResponse:
    """What the message is in its conversation. Nothing is said or kept: the dialogue stays as the person saw it."""
    replies = CHANNELS[turn.channel]()
    try:
        tracker = await agent.tracker_store.retrieve(turn.conversation)
        parse = await agent.processor.parse_message(turn.as_user_message(replies), tracker)
    except Exception as error:
        logger.error("an assessment failed: %s", type(error).__name__)  # noqa: TRY400 - a trace would hold the words
        return _json({"error": "the assessment failed"}, HTTPStatus.INTERNAL_SERVER_ERROR)
    return _json(answer_of(turn, parse, replies), HTTPStatus.OK)


def _let_in(request: Request) -> bool:
    given = str(request.headers.get("Authorization", ""))
    return hmac.compare_digest(given.encode(), f"Bearer {settings().assistant_token}".encode())


def _json(body: dict[str, Any], status: HTTPStatus) -> HTTPResponse:
    return response.text(
        json.dumps(body, ensure_ascii=False), status=int(status), content_type="application/json; charset=utf-8"
    )
