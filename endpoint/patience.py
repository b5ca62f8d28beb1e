"""Connections that take their time over a request: given up, so that nobody holds them all by sending a letter a minute."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE_S = 15  # for the head of a request, from its first byte; for the first of a connection, from its beginning
_LOOKS_EVERY_S = 5.0


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's, which waits for ever for a request's head."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._waits_since, self._waits_s = self.loop.time(), PATIENCE_S
        self._look_later = self.loop.call_later(_LOOKS_EVERY_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._look_later.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._waits_since, self._waits_s = self.loop.time(), PATIENCE_S
        super().on_message_begin()

    def on_response_complete(self, *args: Any, **kwargs: Any) -> None:
        self._waits_since, self._waits_s = self.loop.time(), self.timeout_keep_alive
        super().on_response_complete(*args, **kwargs)

    def _look(self) -> None:
        busy = self.pipeline or (self.cycle is not None and not self.cycle.response_complete)
        if not busy and self.loop.time() - self._waits_since > self._waits_s:
            self.transport.close()
        else:
            self._look_later = self.loop.call_later(_LOOKS_EVERY_S, self._look)
