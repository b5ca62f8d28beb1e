"""Connections whose request takes for ever to begin, or has no end to its head: given up, so that nobody holds them all by sending a
letter a minute, or fills the memory with headers.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE_S = 15  # for the head of a request, from its first byte; for the first of a connection, from its beginning
_LOOKS_EVERY_S = 5.0
HEAD_BYTES = 200_000  # of a request's address and headers
URL_BYTES = 65_535  # of the address alone: what the parser can tell apart
_TOO_LONG = {
    True: (b"414 URI Too Long", "地址过长，请用 POST · the address is too long: send the query by POST.\n"),
    False: (b"431 Request Header Fields Too Large", "请求头过大 · the headers are too large.\n"),
}


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's, which waits for ever for a request's head, and takes one of any length."""

    _head: int | None = None  # bytes of a head that is coming
    _is_deaf = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._waits_since, self._waits_s = self.loop.time(), PATIENCE_S
        self._look_later = self.loop.call_later(_LOOKS_EVERY_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._look_later.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_deaf:
            return
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._refuse(is_address=not self.headers)

    def on_message_begin(self) -> None:
        self._head = 0
        self._waits_since, self._waits_s = self.loop.time(), PATIENCE_S
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = None
        if len(self.url) > URL_BYTES:
            self._refuse(is_address=True)
        elif not self._is_answered():
            super().on_headers_complete()

    def _is_answered(self) -> bool:
        """Answer a request at once; False when uvicorn is to do it."""
        return False

    def on_response_complete(self, *args: Any, **kwargs: Any) -> None:
        self._waits_since, self._waits_s = self.loop.time(), self.timeout_keep_alive
        super().on_response_complete(*args, **kwargs)

    def _refuse(self, *, is_address: bool) -> None:
        """Say that a head is too long, and hear no more; one who were cut off while sending would not see it."""
        status, words = _TOO_LONG[is_address]
        body = words.encode()
        head = b"HTTP/1.1 %b\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
        self.transport.write(head % (status, len(body)) + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._is_deaf = True

    def _look(self) -> None:
        busy = self.pipeline or (self.cycle is not None and not self.cycle.response_complete)
        if (self._is_deaf or not busy) and self.loop.time() - self._waits_since > self._waits_s:
            self.transport.close()
        else:
            self._look_later = self.loop.call_later(_LOOKS_EVERY_S, self._look)
