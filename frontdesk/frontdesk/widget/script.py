"""GET /widget.js: the widget with this helpline's settings in it, ready to be compressed and kept."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from frontdesk.refusals import answers
from frontdesk.safety.reply import EMERGENCY, LIFELINE

SOURCE = Path(__file__).with_name("widget.js")
PLACE = "HELPLINE_SETTINGS"
# Comments with lines of their own are for its readers and stay here. No string or template in it may have such a line.
COMMENTS = re.compile(r"^ *(?://.*|/\*\*? .* \*/)\n", re.MULTILINE)
# A changed number is everywhere within this time.
KEPT_S = 300


@dataclass(frozen=True)
class Script:
    """The widget as it is sent: as it is, and by gzip. `tag` changes with the content."""

    plain: bytes
    packed: bytes
    tag: str


def script() -> Script:
    """The widget for the settings of now."""
    config = settings.CONFIG
    helpline = config.helpline
    values = {
        "url": config.public_url,
        "name": helpline.name,
        "number": helpline.number,
        "tel": helpline.tel,
        "emergency": EMERGENCY,
        "lifeline": LIFELINE,
        "days": config.retention_days,
    }
    return _filled(json.dumps(values))


@csrf_exempt
@answers("GET", "HEAD")
def serve(request: HttpRequest) -> HttpResponse:
    """Any website may load it; whether it may chat is for ALLOWED_ORIGINS to say (webchat/cors.py)."""
    found = script()
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = f'"{found.tag}{"-gzip" if packs else ""}"'
    unchanged = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if unchanged else HttpResponse(found.packed if packs else found.plain)
    if not unchanged:
        response["Content-Type"] = "text/javascript; charset=utf-8"
        if packs:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={KEPT_S}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=4)
def _filled(values: str) -> Script:
    before, after = COMMENTS.sub("", SOURCE.read_text(encoding="utf-8")).rsplit(PLACE, 1)
    plain = f"{before}{values}{after}".encode()
    return Script(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16])
