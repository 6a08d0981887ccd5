"""The server: waitress, one process with a thread for each request under way.

Why waitress: the order of a conversation's messages, the rates and the number of questions under way are kept in one
process's memory; nearly all of a request's time is spent waiting for the assistant, which a thread does cheaply; and it
takes a request in whole before a thread is spent on it, so slow phones keep nobody waiting. It is plain Python and runs
the same everywhere.
"""

from __future__ import annotations

import json
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server
from waitress.task import ErrorTask

from frontdesk.exchange.exchange import MOST_AT_ONCE
from frontdesk.refusals import SENTENCES, body
from frontdesk.webchat.form import LARGEST_BODY

# Those who wait for the assistant, and as many as may want a page, a refusal or the numbers meanwhile.
THREADS = MOST_AT_ONCE + 16
MOST_CONNECTIONS = 1000
LONGEST_REQUEST_S = 30
LARGEST_HEADER = 64 * 1024
# What Django refuses politely ends here for good. It stays below waitress's 512 KiB, from where on it would write the
# body, and so a person's words, to a temporary file.
LARGEST_REQUEST = 4 * LARGEST_BODY

_CODES = {status: code for code, (status, _) in reversed(SENTENCES.items())}


class SpokenError(ErrorTask):
    """What waitress refuses by itself (too large, not HTTP) is refused like everything else: with the numbers."""

    def execute(self) -> None:
        request: Any = self.request  # the stubs know no request that failed
        error = request.error
        content = json.dumps(body(_CODES.get(error.code, "bad_request"))).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [("Content-Type", "application/json")]
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)


class SpokenChannel(HTTPChannel):
    error_task_class = SpokenError


def make_server(application: Any, host: str, port: int) -> MultiSocketServer | BaseWSGIServer:  # noqa: ANN401
    """A server bound to host and port, not yet running. Raises OSError when the port is taken."""
    sockets: dict[int, Any] = {}
    server = create_server(
        application,
        map=sockets,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=LONGEST_REQUEST_S,
        max_request_body_size=LARGEST_REQUEST,
        max_request_header_size=LARGEST_HEADER,
        # A proxy on the same host is believed about whom it asks for; nobody else is.
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"},
        clear_untrusted_proxy_headers=True,
        ident=None,
    )
    for listener in sockets.values():
        if isinstance(listener, BaseWSGIServer):
            listener.channel_class = SpokenChannel
    return server
