"""The headers of an answer: what its reply says, what every answer has, and who may read it from another page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from endpoint.ask import Limits
from endpoint.http import READS, Asking, Reply

Headers: TypeAlias = list[tuple[bytes, bytes]]
_OURS = re.compile(r"(?:https?://)?(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_EXPOSED = b"Content-Length, ETag, Link, Retry-After, X-Graph-Version, X-Limit, X-Limits, X-Service-Not-Asked, X-Total-Count"
_ALWAYS = ((b"x-content-type-options", b"nosniff"), (b"vary", b"Accept, Accept-Encoding"))
_ALWAYS_INTERNAL = ((b"x-content-type-options", b"nosniff"), (b"vary", b"Accept, Accept-Encoding, Origin"))
_FOR_ALL = ((b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", _EXPOSED))


def headers_of(reply: Reply, *, lasting: bool) -> Headers:
    """Return what a reply says of itself but its length. Not ``lasting``: nobody is to keep it."""
    found = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in reply.headers.items()]
    if not lasting:
        found = [(name, value) for name, value in found if name not in (b"etag", b"cache-control")]
        found.append((b"cache-control", b"no-store"))
    if reply.media_type:
        found.append((b"content-type", reply.media_type.encode()))
    if reply.version:
        found.append((b"x-graph-version", reply.version.encode()))
    return found


def limits_header(limits: Limits) -> tuple[bytes, bytes]:
    said = f"seconds={limits.seconds:g}, rows={limits.rows}, result-bytes={limits.result_bytes}, memory-bytes={limits.memory_bytes}"
    return b"x-limits", said.encode()


def with_common(asking: Asking, headers: Headers, limits: tuple[bytes, bytes], *, internal: bool) -> Headers:
    """Add what every answer has. ``internal``: only pages of this machine may read it."""
    if not internal:
        found = [*headers, *_ALWAYS, *_FOR_ALL]
    else:
        found = [*headers, *_ALWAYS_INTERNAL]
        if asking.raw(b"origin") and _OURS.fullmatch(asking.header(b"origin")):
            found += [(b"access-control-allow-origin", asking.raw(b"origin")), _FOR_ALL[1]]
    if asking.path == "/sparql":
        found.append(limits)
    if asking.method == "OPTIONS" and any(name == b"access-control-allow-origin" for name, _ in found):
        methods = next((value for name, value in headers if name == b"allow"), READS.encode())
        found += [
            (b"access-control-allow-methods", methods),
            (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, If-None-Match"),
            (b"access-control-max-age", b"86400"),
        ]
    return found


def is_host(asking: Asking) -> bool:
    """Say whether the Host that a request names can be one."""
    return _matches(_HOST, asking.header(b"host", "localhost" if asking.is_old else ""))


def is_ours(asking: Asking) -> bool:
    """Say whether it is a name of this machine."""
    return _matches(_OURS, asking.header(b"host", "localhost").lower())


@lru_cache(maxsize=256)
def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.fullmatch(text))
