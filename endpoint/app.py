"""The endpoint over HTTP: ``/sparql`` by the SPARQL 1.1 Protocol, and ``/health``. Queries are the pool's work (endpoint/pool.py)."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from endpoint.description import describe_service
from endpoint.gate import Gate
from endpoint.pool import Pool
from endpoint.pool import Request as Query
from endpoint.protocol import FORM, GRAPHS, QUERY, RESULTS, Asked, NotProtocol, asked_by_get, asked_by_post, negotiate
from endpoint.worker import Kind, Result

BODY_BYTES = 1_000_000  # a form's percent signs make a query three times as long
_GRAPHS_HELD = "SELECT DISTINCT ?g WHERE { GRAPH ?g {} }"
# Status and, where a limit was met, which.
_STATUS: dict[Kind, tuple[int, str]] = {
    "bad-query": (400, ""),
    "too-complex": (400, "complexity"),
    "too-long": (413, "query-bytes"),
    "service": (403, ""),
    "update": (403, ""),
    "not-acceptable": (406, ""),
    "too-large": (400, "result-bytes"),
    "timeout": (504, "time"),
    "crashed": (400, "process"),
    "busy": (503, "queue"),
    "failed": (503, ""),
}
_TITLES = {
    400: "Bad request",
    403: "Refused",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    413: "Too large",
    415: "Unsupported media type",
    500: "Internal error",
    503: "Unavailable",
    504: "Stopped after the time limit",
}


def make_app(pool: Pool) -> Gate:
    """Return the application over a pool, which it closes at its end."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    async def sparql(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        asked = await _asked(request)
        if asked.query is None:
            return await _description(pool, request)
        return await _answer(pool, request, asked, asked.query)

    async def health(_: Request) -> Response:
        served = pool.served()
        if not served.is_dir():
            return JSONResponse({"status": "no graph"}, 503)
        return JSONResponse({"status": "ok", "graph_version": served.name})

    app = Starlette(
        routes=[Route("/sparql", sparql, methods=["GET", "POST", "OPTIONS"]), Route("/health", health, methods=["GET"])],
        lifespan=lifespan,
        exception_handlers={HTTPException: _http_problem, NotProtocol: _protocol_problem, Exception: _our_fault},
    )
    return Gate(app, pool)


async def _asked(request: Request) -> Asked:
    address: bytes = request.scope["query_string"]
    if request.method != "POST":
        return asked_by_get(address)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise NotProtocol(415, "found a Content-Encoding, expected the body as it is.")
    content_type = request.headers.get("content-type", "")
    asked_by_post(content_type, address, b"query=" if FORM in content_type.lower() else b"")  # refuse before reading
    return asked_by_post(content_type, address, await _body(request))


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES:
            raise NotProtocol(413, f"found a body of more than {BODY_BYTES} bytes.")
        parts.append(part)
    return b"".join(parts)


async def _answer(pool: Pool, request: Request, asked: Asked, query: str) -> Response:
    accept = ", ".join(request.headers.getlist("accept"))
    results_type, graph_type = negotiate(accept, RESULTS), negotiate(accept, GRAPHS)
    if results_type is None and graph_type is None:
        raise NotProtocol(406, f"found Accept {accept[:200]!r}, expected one of {', '.join((*RESULTS, *GRAPHS))}.")
    if request.method in ("GET", "HEAD"):
        known = {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}
        current = [_tag(pool.version, kind) for kind in (results_type, graph_type) if kind]
        same = next((tag for tag in current if tag in known), None)
        if same:
            return Response(status_code=304, headers={"ETag": same, "Cache-Control": "no-cache", "X-Graph-Version": pool.version})
    result = await _ask_while_connected(pool, request, Query(query, results_type, graph_type, asked.default_graphs, asked.named_graphs))
    if result.kind != "ok":
        return _failure(request, result)
    headers = {"X-Graph-Version": result.version, "ETag": _tag(result.version, result.media_type), "Cache-Control": "no-cache"}
    charset = "; charset=utf-8" if result.media_type.startswith("text/") else ""
    return Response(result.body, headers={**headers, "Content-Type": result.media_type + charset})


def _tag(version: str, media_type: str) -> str:
    return f'W/"{version}-{hashlib.sha256(media_type.encode()).hexdigest()[:8]}"'


async def _ask_while_connected(pool: Pool, request: Request, query: Query) -> Result:
    """Ask, and stop the query when the client has gone."""
    answer = asyncio.ensure_future(pool.ask(query))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answer, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise ClientDisconnect
        return answer.result()
    finally:
        answer.cancel()
        leaving.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _description(pool: Pool, request: Request) -> Response:
    accept = ", ".join(request.headers.getlist("accept"))
    media_type = negotiate(accept, GRAPHS)
    if media_type is None and "text/html" in accept:
        media_type = GRAPHS[0]
    if media_type is None:
        raise NotProtocol(406, f"found Accept {accept[:200]!r}, expected one of {', '.join(GRAPHS)}.")
    held = await _ask_while_connected(pool, request, Query(_GRAPHS_HELD))
    if held.kind != "ok":
        return _failure(request, held)
    graphs = [row["g"]["value"] for row in json.loads(held.body)["results"]["bindings"]]
    try:
        body = describe_service(str(request.url.replace(query="", fragment="")), graphs, media_type)
    except ValueError as error:  # a Host header that makes no IRI
        raise NotProtocol(400, "found a Host that is no host.") from error
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, headers={"X-Graph-Version": held.version, "Content-Type": media_type + charset})


def _failure(request: Request, result: Result) -> Response:
    status, limit = _STATUS[result.kind]
    headers = {"X-Limit": limit} if limit else {}
    if result.version:
        headers["X-Graph-Version"] = result.version
    if status == 503:
        headers["Retry-After"] = "5"
    return _problem(request, status, result.message, headers, limit)


def _problem(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None, limit: str = "") -> Response:
    """Say what is wrong, as problem+json (RFC 9457) or plain text."""
    wanted = negotiate(request.headers.get("accept"), ("application/problem+json", "text/plain"))
    headers = dict(headers or {})
    if wanted == "text/plain" and "text/" in request.headers.get("accept", ""):
        return Response(f"{status} {detail}\n", status, headers, "text/plain")
    problem = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    body = json.dumps({**problem, "limit": limit} if limit else problem, ensure_ascii=False)
    return Response(body, status, headers, "application/problem+json")


async def _protocol_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotProtocol)
    headers = {"Accept": f"{FORM}, {QUERY}"} if error.status == 415 else {}
    return _problem(request, error.status, str(error), headers)


async def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        allowed = "GET, HEAD" if request.url.path == "/health" else "GET, HEAD, POST, OPTIONS"
        headers["Allow"] = allowed
        return _problem(request, 405, f"found {request.method}, expected {allowed}.", headers)
    return _problem(request, error.status_code, f"found {request.url.path[:200]!r}, expected /sparql or /health.", headers)


async def _our_fault(request: Request, error: Exception) -> Response:
    return _problem(request, 500, f"ZM-999 这是 zhengmai 自身的缺陷 · this is a bug of zhengmai, not yours: {type(error).__name__}.")
