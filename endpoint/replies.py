"""What several pages reply alike: the tag of an answer, "you have it already", and the status of a query that came to no answer."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from endpoint.ask import LIMITS, Kind, Result
from endpoint.http import Asking, Refusal, Reply
from endpoint.precheck import Refused

_STATUS: dict[Kind, int] = {
    "bad-query": 400,
    "too-complex": 400,
    "too-long": 413,
    "service": 403,
    "update": 403,
    "not-acceptable": 406,
    "too-large": 400,
    "too-many-rows": 400,
    "timeout": 504,
    "crashed": 400,
    "busy": 503,
    "failed": 503,
    "unanswered": 502,
}


def not_modified(asking: Asking, version: str, media_types: tuple[str | None, ...]) -> Reply | None:
    """Return 304 when the asker has the answer of this graph already; the query need not run for that."""
    given = asking.header(b"if-none-match")
    if not given or not version:
        return None
    known = {tag.strip() for tag in given.split(",")}
    same = next((tag for tag in (etag(version, kind) for kind in media_types if kind) if tag in known), None)
    if same is None:
        return None
    return Reply(status=304, headers={"ETag": same, "Cache-Control": "no-cache"}, version=version, outcome="not-modified")


@lru_cache(maxsize=256)
def etag(version: str, media_type: str) -> str:
    """Return the tag of every answer of one graph in one format: the address says which."""
    return f'W/"{version}-{hashlib.sha256(media_type.encode()).hexdigest()[:8]}"'


def with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def refusal_of(result: Result) -> Refusal:
    """Return what the asker is told when a query came to no answer."""
    status = _STATUS[result.kind]
    headers = {"X-Graph-Version": result.version} if result.version else {}
    if status == 503:
        headers["Retry-After"] = "5"
    return Refusal(status, result.message, headers, limit=result.limit, kind=result.kind)


def refusal_before(refused: Refused) -> Refusal:
    """Return what the asker is told when a query was refused before an engine saw it."""
    return refusal_of(Result(refused.reason, message=str(refused), limit=LIMITS.get(refused.reason, "")))
