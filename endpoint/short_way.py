"""The short way of a plain question (endpoint/plain.py) through the HTTP server: no task, no ASGI message, one write.

uvicorn keeps its books as ever: a question at work stands in for the cycle of a request, so that what comes after it on the same
connection waits, and time limits and the end of the service hold for it too.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from endpoint.http import BEGUN, Asking
from endpoint.patience import PatientProtocol
from endpoint.plain import Begun, Plain, Told, wire

if TYPE_CHECKING:
    from endpoint.jobs import Job

_PATH, _MARK = b"/sparql", b"?"


class _NoBell:
    def set(self) -> None:
        """Nobody waits for more of a request that is plain."""


class _Cycle:
    """Stands where uvicorn has the cycle of a request."""

    __slots__ = ("begun", "body", "disconnected", "keep_alive", "message_event", "more_body", "response_complete", "scope")
    bell = _NoBell()

    def __init__(self, scope: Any) -> None:
        self.scope = scope
        self.begun: Begun | None = None
        self.body = b""
        self.disconnected = self.response_complete = False
        self.keep_alive = self.more_body = True
        self.message_event = self.bell


class ShortWay(PatientProtocol):
    """Answers plain questions at once and leaves all others to uvicorn."""

    _plain: Plain
    _asked: _Cycle | None = None  # that is at work

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._plain = self.config.app.plain  # type: ignore[union-attr]

    def connection_lost(self, exc: Exception | None) -> None:
        asked, self._asked = self._asked, None
        super().connection_lost(exc)
        if asked and asked.begun:
            self._plain.leave(asked.begun)

    def _is_answered(self) -> bool:
        """Answer a plain question, or have it answered; False when it is none."""
        before, parser = self.cycle, self.parser
        path, mark, parameters = self.url.partition(_MARK)
        if path != _PATH or not mark or b"#" in parameters or parser.get_method() != b"GET" or self.expect_100_continue:
            return False
        if (before is not None and not before.response_complete) or self.flow.write_paused:
            return False
        if self.limit_concurrency and len(self.connections) >= self.limit_concurrency:
            return False
        if parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return False
        scope: Any = self.scope
        scope["method"], scope["path"], scope["raw_path"], scope["query_string"] = "GET", "/sparql", _PATH, parameters
        found = self._plain.begin(Asking(scope, _nothing))
        if found is None:
            return False
        cycle = _Cycle(scope)
        self.cycle = cycle  # type: ignore[assignment]
        if isinstance(found, Told):
            self._tell(cycle, found)
        else:
            self._asked, cycle.begun = cycle, found
            found.job.done.add_done_callback(partial(self._answered, cycle))
        return True

    def _answered(self, cycle: _Cycle, _: asyncio.Future[tuple[bytes, bytes]]) -> None:
        """A worker has said something."""
        if self._asked is not cycle or cycle.begun is None:  # its asker has gone
            return
        self._asked = None
        told = self._plain.end(cycle.begun)
        if told is None:
            self._go_on(cycle, cycle.begun.job)
        else:
            self._tell(cycle, told)

    def _tell(self, cycle: _Cycle, told: Told) -> None:
        first = wire(self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n%b%bcontent-length: %d\r\n\r\n%b" % (first, told.head, len(told.body), told.body))
        cycle.response_complete = True
        if not cycle.keep_alive:  # the service is ending
            self.transport.close()
        self.on_response_complete()

    def _go_on(self, asked: _Cycle, job: Job) -> None:
        """Let the ordinary way answer what was asked already."""
        asked.scope[BEGUN] = job
        cycle = RequestResponseCycle(
            scope=asked.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=asked.keep_alive,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        if self.cycle is asked:  # type: ignore[comparison-overlap]
            self.cycle = cycle
        self._start_asgi_task(cycle, self.app)


async def _nothing() -> dict[str, Any]:
    raise AssertionError("a plain question has no body")
