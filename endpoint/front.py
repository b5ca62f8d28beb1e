"""The door: every request comes in here. Who may read, how often, what is sent again from memory, the headers of every answer, the log.

An endpoint other tools rely on says CORS ``*``. But while the graph holds internal documents (which it does on loopback only, see
zhengmai/commands/serve.py), ``*`` would hand them to any page its reader's browser has open: then only pages from this machine may read
answers, and only under a name of this machine (a foreign name can be made to point at loopback).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from endpoint.ask import Result, Stopped
from endpoint.catalogued import catalogue
from endpoint.headers import Headers, headers_of, is_host, is_ours, limits_header, with_common
from endpoint.held import held
from endpoint.http import READS, Asking, Receive, Refusal, Reply, Scope, Send, problem
from endpoint.kept import Answer, Kept
from endpoint.log import Log
from endpoint.plain import Plain
from endpoint.rates import Rates
from endpoint.replies import refusal_of
from endpoint.service import Service

Page = Callable[[Service, Asking], Awaitable[Reply]]
_LOOKS_AFTER_S = 0.1  # whether the asker has gone; a quick answer is sent before that


class Cut(Exception):
    """An answer that has begun cannot be finished: the connection is closed, so that nobody takes what came for the whole."""


class Front:
    """The application, as an ASGI server calls it.

    :param pages: the page of each path; one that ends in ``/`` has everything below it.
    :param methods: the methods of a path, where they are others than reading.
    """

    def __init__(
        self,
        service: Service,
        pages: dict[str, Page],
        methods: dict[str, str],
        *,
        log: Log,
        rates: Rates,
        opened: Callable[[str], None] = lambda _fault: None,
    ) -> None:
        self._service, self._pages, self._methods = service, pages, methods
        self._log, self._rates, self._opened = log, rates, opened
        self._kept = Kept()
        self._limits = limits_header(service.lanes.limits)
        self.plain = Plain(service, log, rates, self._kept)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(Asking(scope, receive), send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._opened(await self._service.lanes.open())
                self._beside = asyncio.create_task(self._prepare())
                await send({"type": "lifespan.startup.complete"})
            else:
                self._beside.cancel()
                await self._service.lanes.close()
                self._log.flush()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _prepare(self) -> None:
        """Make what takes long before somebody asks for it."""
        await asyncio.to_thread(catalogue, self._service)
        with suppress(OSError, TimeoutError):
            await self._service.ontology_page.get()

    async def _serve(self, asking: Asking, send: Send) -> None:
        start = time.perf_counter()
        version = self._service.lanes.version
        internal = await self._service.holds_internal()
        wait_s = 0 if asking.path == "/health" or asking.begun else self._rates.wait_s(asking.client)
        lasting = self._service.lasting
        if not lasting:
            asking.forget(b"if-none-match")
        key = self._kept.key(asking, version) if lasting and not wait_s and (not internal or is_ours(asking)) else None
        again = self._kept.get(key) if key and not asking.begun else None
        if again is not None:
            headers = self._headers(asking, internal, [*again.headers, (b"content-length", b"%d" % len(again.body))])
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": again.body})
            self._log.write(asking, 200, time.perf_counter() - start, len(again.body), again.rows, "kept", version)
            return
        watch = _Watch(asking)
        sent, reply = 0, Reply(outcome="left", status=499)
        try:
            reply = await self._reply(asking, wait_s, internal=internal)
            sent = await self._send(asking, reply, send, key, internal=internal)
        except ConnectionError:
            reply.outcome = "left"
        except asyncio.CancelledError:
            if not watch.left:
                raise
            reply.outcome = "left"
        except Cut as cut:
            reply.outcome = str(cut)
            raise
        finally:
            watch.stop()
            self._log.write(asking, reply.status, time.perf_counter() - start, sent, reply.rows, reply.outcome, reply.version or version)

    async def _reply(self, asking: Asking, wait_s: int, *, internal: bool) -> Reply:
        try:
            if not is_host(asking):
                raise Refusal(400, "主机名不对 · found no Host, or one that is no host.")
            if internal and self._service.beyond:
                raise Refusal(403, "内部文件 · the graph holds internal documents, and this service can be reached from other machines.")
            if internal and not is_ours(asking):
                raise Refusal(403, "内部文件 · found a foreign Host, expected localhost: the graph holds internal documents.")
            if wait_s:
                headers = {"Retry-After": str(wait_s)}
                raise Refusal(429, f"请求过于频繁 · more than {self._rates.said}; try again in {wait_s} s.", headers, limit="rate")
            page, methods = self._page(asking.path)
            if asking.method == "OPTIONS":
                return Reply(status=204, headers={"Allow": methods})
            if asking.method not in methods.split(", "):
                raise Refusal(405, f"方法不对 · found {asking.method[:20]}, expected {methods}.", {"Allow": methods})
            reply = await page(self._service, asking)
            if asking.is_old and asking.method != "HEAD" and not isinstance(reply.body, bytes):
                reply.body = whole = await held(reply.body)
                reply.headers["Content-Length"] = str(whole.size)
            return reply
        except Stopped as stopped:
            return problem(asking, refusal_of(Result(stopped.kind, message=str(stopped), limit=stopped.limit)))
        except Refusal as refusal:
            return problem(asking, refusal)
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception as error:
            detail = f"ZM-999 这是 zhengmai 自身的缺陷 · this is a bug of zhengmai, not yours: {type(error).__name__}."
            self._log.fault(error)
            return problem(asking, Refusal(500, detail, kind="fault"))

    def _page(self, path: str) -> tuple[Page, str]:
        if path in self._pages:
            return self._pages[path], self._methods.get(path, READS)
        at = path
        while at := at.rpartition("/")[0]:
            if f"{at}/" in self._pages:
                return self._pages[f"{at}/"], self._methods.get(f"{at}/", READS)
        expected = ", ".join(sorted(path for path in self._pages if not path.endswith("/") or path == "/"))
        raise Refusal(404, f"没有这个页面 · found {path[:200]!r}, expected one of {expected}.")

    async def _send(self, asking: Asking, reply: Reply, send: Send, key: tuple[object, ...] | None, *, internal: bool) -> int:
        """Send a reply and return how many bytes its body had."""
        headers = headers_of(reply, lasting=self._service.lasting)
        body = reply.body
        if isinstance(body, bytes):
            if key and reply.keep and reply.status == 200:
                self._kept.put(key, Answer(headers, body, reply.rows), reply.version)
            if reply.status not in (204, 304):
                headers = [*headers, (b"content-length", b"%d" % len(body))]
            await send({"type": "http.response.start", "status": reply.status, "headers": self._headers(asking, internal, headers)})
            await send({"type": "http.response.body", "body": b"" if asking.method == "HEAD" else body})
            return len(body)
        await send({"type": "http.response.start", "status": reply.status, "headers": self._headers(asking, internal, headers)})
        sent = 0
        try:
            if asking.method != "HEAD":
                patience_s = self._service.lanes.limits.seconds
                async for part in body:
                    await asyncio.wait_for(send({"type": "http.response.body", "body": part, "more_body": True}), patience_s)
                    sent += len(part)
                reply.rows = getattr(body, "rows", None)
        except TimeoutError:
            raise Cut("slow-client") from None
        except Stopped as stopped:
            if b"content-encoding" not in dict(headers):  # for a person who looks: what came is not the whole
                said = f"\n\n!! ZM: {stopped}\n".encode()
                await send({"type": "http.response.body", "body": said, "more_body": True})
            raise Cut(stopped.limit or stopped.kind) from None
        finally:
            body.close()
        await send({"type": "http.response.body", "body": b""})
        return sent

    def _headers(self, asking: Asking, internal: bool, headers: Headers) -> Headers:
        return with_common(asking, headers, self._limits, internal=internal)


class _Watch:
    """Cancels the task of a request whose asker has gone, once it has taken a moment."""

    def __init__(self, asking: Asking) -> None:
        self._asking, self._task = asking, asyncio.current_task()
        self._looking: asyncio.Task[None] | None = None
        self.left = False
        self._later = asyncio.get_running_loop().call_later(_LOOKS_AFTER_S, self._begin)

    def _begin(self) -> None:
        if not self._asking.is_read:  # its body is still to come, and not for us
            self._later = asyncio.get_running_loop().call_later(_LOOKS_AFTER_S, self._begin)
            return
        self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while (await self._asking.receive())["type"] != "http.disconnect":
            pass
        self.left = True
        if self._task:
            self._task.cancel()

    def stop(self) -> None:
        self._later.cancel()
        if self._looking:
            self._looking.cancel()
