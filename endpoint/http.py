"""A request and a reply as our pages see them, and how a reply says that something is wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from urllib.parse import unquote, unquote_to_bytes

if TYPE_CHECKING:
    from endpoint.jobs import Job

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Scope: TypeAlias = MutableMapping[str, Any]

BODY_BYTES = 1_000_000  # a form's percent signs make a query three times as long
UPDATE_BYTES = 5_000_000  # of an update, where they are taken
UPLOAD_BYTES = 100_000_000  # of triples, where they are taken
_DRAINED_BYTES = 50_000_000  # of a body that is too large
BODY_PATIENCE_S = 15  # for the next piece of a body
BODY_S, BODY_BYTES_A_S = 30, 10_000  # for all of a body, and a second more for so many bytes of it
BEGUN = "zhengmai.begun"  # in a scope: the job of a question that was begun before
READS = "GET, HEAD, OPTIONS"
PROBLEM = "application/problem+json"
_FIELDS = 1000
TITLES = {
    400: "Bad request",
    401: "Who is asking",
    403: "Refused",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    408: "Too slow",
    413: "Too large",
    415: "Unsupported media type",
    421: "Another host",
    429: "Too many requests",
    500: "Internal error",
    502: "The store behind failed",
    503: "Unavailable",
    504: "Stopped after the time limit",
}


class Refusal(Exception):
    """A request gets another answer than it hoped for: the HTTP status, why, and more headers."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None, *, limit: str = "", kind: str = "") -> None:
        super().__init__(message)
        self.status, self.headers, self.limit, self.kind = status, dict(headers or {}), limit, kind


class Body(Protocol):
    """The bytes of an answer that come bit by bit."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Reply:
    """What is sent back. ``rows`` and ``outcome`` are for the log; ``version`` of the graph it is about, for the header."""

    body: bytes | Body = b""
    media_type: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    version: str = ""
    rows: int | None = None
    outcome: str = "ok"
    keep: bool = False  # the same request may be answered with the same bytes while the graph is the same


class Asking:
    """One request."""

    __slots__ = ("_headers", "_scope", "begun", "is_read", "method", "path", "query", "query_string", "receive")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope, self.receive = scope, receive
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: bytes = scope["query_string"]
        self._headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            before = self._headers.get(name)
            self._headers[name] = value if before is None else before + b", " + value
        self.is_read = self.method in ("GET", "HEAD", "OPTIONS", "DELETE")  # nothing more of the request is to come
        self.query = ""  # the SPARQL that was asked, for the log
        self.begun: Job | None = scope.get(BEGUN)  # a worker has it already (endpoint/plain.py)

    def header(self, name: bytes, otherwise: str = "") -> str:
        """Return a header's value; several of one name are joined by commas."""
        found = self._headers.get(name)
        return otherwise if found is None else found.decode("latin-1")

    def has_any(self, names: frozenset[bytes]) -> bool:
        """Say whether one of some headers was sent."""
        return not names.isdisjoint(self._headers)

    def forget(self, name: bytes) -> None:
        """Read on as if a header had not been sent."""
        self._headers.pop(name, None)

    def raw(self, name: bytes) -> bytes:
        return self._headers.get(name, b"")

    @property
    def accept(self) -> str:
        return self.header(b"accept")

    @property
    def client(self) -> str:
        found = self._scope.get("client")
        return str(found[0]) if found else ""

    @property
    def is_old(self) -> bool:
        """Whether it is of HTTP/1.0, which needs no Host and knows no chunks."""
        return bool(self._scope.get("http_version") == "1.0")

    @property
    def origin(self) -> str:
        """Return the address of this server as the asker wrote it, without a slash at the end."""
        return f"{self._scope.get('scheme', 'http')}://{self.header(b'host', 'localhost')}"

    @property
    def raw_path(self) -> str:
        """Return the path as it was sent, percent signs and all."""
        found: bytes = self._scope.get("raw_path") or self.path.encode()
        return found.partition(b"?")[0].decode("latin-1")

    @property
    def gzip(self) -> bool:
        """Say whether the answer may be gzip."""
        accepted = self._headers.get(b"accept-encoding")
        return accepted is not None and quality_of(accepted.decode("latin-1"), "gzip") > 0

    def fields(self) -> dict[str, str]:
        """Return the address's parameters.

        :raises Refusal: 400 for one given twice, too many, or broken UTF-8.
        """
        pairs = pairs_of(self.query_string)
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(name for name in found if [other for other, _ in pairs].count(name) > 1)
            raise Refusal(400, f"参数重复 · found the parameter {twice[:100]!r} twice, expected it once.")
        return found

    async def body(self, most: int = BODY_BYTES) -> bytes:
        """Return the body, of at most so many bytes.

        :raises Refusal: 413 when it is too large, 408 when it does not come, or a letter at a time.
        :raises ConnectionError: when the asker has gone.
        """
        parts: list[bytes] = []
        size, more, begun = 0, True, monotonic()
        while more and size <= most + _DRAINED_BYTES:
            try:
                message = await asyncio.wait_for(self.receive(), BODY_PATIENCE_S)
            except TimeoutError as error:
                raise Refusal(408, "请求未完 · the rest of the request did not come.", {"Connection": "close"}) from error
            if message["type"] == "http.disconnect":
                raise ConnectionError
            part: bytes = message.get("body", b"")
            size += len(part)
            if monotonic() - begun > BODY_S + size / BODY_BYTES_A_S:
                raise Refusal(408, "请求过慢 · the request comes too slowly.", {"Connection": "close"})
            if size > most:
                parts.clear()  # but read on: one who is cut off while sending never sees the answer
            else:
                parts.append(part)
            more = bool(message.get("more_body"))
        self.is_read = not more
        if size > most:
            headers = {"Connection": "close"} if more else {}
            raise Refusal(413, f"请求过大 · found a body of more than {most} bytes.", headers, limit="body-bytes")
        return b"".join(parts)


def pairs_of(encoded: bytes) -> list[tuple[str, str]]:
    """Decode a form once: %25E5 stays %E5, as its author meant it.

    :raises Refusal: 400 for broken UTF-8 or too many parameters.
    """
    utf8(encoded)
    fields = encoded.replace(b"+", b" ").split(b"&")
    if len(fields) > _FIELDS:
        raise Refusal(400, f"参数过多 · found more than {_FIELDS} parameters.")
    try:
        pairs = [field.partition(b"=") for field in fields if field]
        return [(unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode()) for name, _, value in pairs]
    except UnicodeDecodeError as error:
        raise Refusal(400, f"不是 UTF-8 · found bytes that are not UTF-8: {error.reason}.") from error


def utf8(data: bytes) -> str:
    """Decode strictly.

    :raises Refusal: 400.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"不是 UTF-8 · found bytes that are not UTF-8 at {error.start}.") from error


def unquoted(path: str) -> str:
    """Undo the percent signs of a path once.

    :raises Refusal: 404 where that gives no UTF-8: nothing has such a name.
    """
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError as error:
        raise Refusal(404, "不是 UTF-8 · the path is not UTF-8.") from error


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type to answer in, None when nothing offered is acceptable.

    The more exact range decides about a type; between types the higher q wins, then our own order.

    >>> negotiate("text/csv;q=0.5, application/*", ("text/csv", "application/json"))
    'application/json'
    """
    if not (accept or "").strip():
        return offered[0]
    ranges = _ranges(accept or "")
    best = max(offered, key=lambda media_type: _quality(media_type, ranges))  # the first of equals
    return best if _quality(best, ranges) > 0 else None


def quality_of(accepted: str, name: str) -> float:
    """Return the q a list of encodings gives to one of them; 0 when it is not wanted."""
    ranges = dict(_ranges(accepted))
    return ranges.get(name, ranges.get("*", 0.0))


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        found = [q for name, q in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


def _ranges(header: str) -> list[tuple[str, float]]:
    return [_range(part) for part in header.split(",") if part.strip()]


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                q = float(value)
            except ValueError:
                return name, 0.0
            return name, q if 0 <= q <= 1 else 0.0
    return name, 1.0


def problem(asking: Asking, refusal: Refusal) -> Reply:
    """Say what is wrong, as problem+json (RFC 9457) or plain text."""
    status, detail = refusal.status, str(refusal)
    headers = dict(refusal.headers)
    if refusal.limit:
        headers["X-Limit"] = refusal.limit
    outcome = refusal.kind or refusal.limit or str(status)
    wanted = negotiate(asking.accept, (PROBLEM, "application/json", "text/plain"))
    if wanted == "text/plain" and "text/" in asking.accept:
        return Reply(f"{status} {detail}\n".encode(errors="replace"), "text/plain; charset=utf-8", status, headers, outcome=outcome)
    said: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    if refusal.limit:
        said["limit"] = refusal.limit
    return Reply(json.dumps(said, ensure_ascii=False).encode(errors="replace"), PROBLEM, status, headers, outcome=outcome)
