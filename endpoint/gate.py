"""Who may read through a browser, and the headers of every answer.

An endpoint other tools rely on says CORS ``*``. But while the graph holds internal documents (which it does on loopback only, see
zhengmai/commands/serve.py), ``*`` would hand them to any page its reader's browser has open: then only pages from this machine may read
answers, and only under a name of this machine (a foreign name can be made to point at loopback).
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.pool import Pool, Request
from zhengmai.settings import BASE_IRI

_HOLDS_INTERNAL = f"ASK {{ ?document <{BASE_IRI}ns#access> <{BASE_IRI}scheme/access/internal> }}"
_OURS = re.compile(r"(?:https?://)?(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")
_METHODS = "GET, HEAD, POST, OPTIONS"


class Gate:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, pool: Pool) -> None:
        self._app, self._pool = app, pool
        self._internal: dict[str, bool] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin: str | None = "*"
        app = self._app
        if await self._holds_internal():
            origin = headers.get("origin") if _OURS.fullmatch(headers.get("origin", "")) else None
            if not _OURS.fullmatch(headers.get("host", "").lower()):
                detail = "found a foreign Host, expected localhost: the graph holds internal documents."
                problem = {"type": "about:blank", "title": "Refused", "status": 403, "detail": detail}
                app = JSONResponse(problem, 403, media_type="application/problem+json")
        options = scope["method"] == "OPTIONS"

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                found["X-Content-Type-Options"] = "nosniff"
                found.add_vary_header("Accept")
                if origin != "*":
                    found.add_vary_header("Origin")
                if origin:
                    found["Access-Control-Allow-Origin"] = origin
                    found["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Graph-Version, X-Limit"
                if origin and options:
                    found["Access-Control-Allow-Methods"] = _METHODS
                    found["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
                    found["Access-Control-Max-Age"] = "86400"
            await send(message)

        await app(scope, receive, send_with_headers)

    async def _holds_internal(self) -> bool:
        """Say whether the graph has internal documents, asked once a graph; yes until it is known."""
        version = self._pool.version
        if version not in self._internal:
            answer = await self._pool.ask(Request(_HOLDS_INTERNAL))
            if answer.kind != "ok" or answer.version != version:
                return True
            self._internal = {version: b"true" in answer.body}
        return self._internal[version]
