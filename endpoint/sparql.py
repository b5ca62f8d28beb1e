"""``/sparql``: a request by the SPARQL 1.1 Protocol becomes a question to the workers, and what they say a reply."""

from __future__ import annotations

from functools import lru_cache

from endpoint.ask import Request, Result
from endpoint.describing import describe
from endpoint.formats import GRAPHS, RESULTS
from endpoint.http import Asking, Refusal, Reply, negotiate
from endpoint.protocol import FORM, Asked, asked_by_get, asked_by_post, read_only, refuse_type
from endpoint.replies import etag, not_modified, refusal_of, with_charset
from endpoint.service import Service


async def sparql(service: Service, asking: Asking) -> Reply:
    """Answer a query, or describe the service to one who asks nothing."""
    asked = await _asked(asking)
    if asked.update is not None:
        if service.writer is None:
            raise read_only()
        return await service.writer.update(asking, asked)
    if asked.query is None:
        return await describe(service, asking)
    asking.query = asked.query
    return await answer(service, asking, asked)


async def _asked(asking: Asking) -> Asked:
    if asking.method != "POST":
        return asked_by_get(asking.query_string)
    if asking.header(b"content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "内容编码不支持 · found a Content-Encoding, expected the body as it is.")
    content_type = asking.header(b"content-type")
    refuse_type(content_type)  # before reading
    if FORM not in content_type.lower():
        asked_by_post(content_type, asking.query_string, b"")
    return asked_by_post(content_type, asking.query_string, await asking.body())


async def answer(service: Service, asking: Asking, asked: Asked) -> Reply:
    """Answer a query."""
    results_type, graph_type = wanted_types(asking.accept)
    current = service.lanes.version
    if asking.method != "POST" and (same := not_modified(asking, current, (results_type, graph_type))):
        return same
    request = Request(asked.query or "", results_type, graph_type, asked.default_graphs, asked.named_graphs, service.union, asking.gzip)
    found = await service.lanes.stream(request)
    result = found if isinstance(found, Result) else found.result
    if result.kind != "ok":
        raise refusal_of(result)
    headers = {"Cache-Control": "no-store"}
    if result.fixed:
        headers = {"ETag": etag(result.version, result.media_type), "Cache-Control": "no-cache"}
    if result.compressed:
        headers["Content-Encoding"] = "gzip"
    media_type = with_charset(result.media_type)
    if isinstance(found, Result):
        return Reply(found.body, media_type, headers=headers, version=found.version, rows=found.rows, keep=found.fixed)
    return Reply(found, media_type, headers=headers, version=result.version)


@lru_cache(maxsize=256)
def wanted_types(accept: str) -> tuple[str | None, str | None]:
    """Return the formats for rows and for graphs.

    :raises Refusal: 406 when there is neither.
    """
    results_type, graph_type = negotiate(accept, RESULTS), negotiate(accept, GRAPHS)
    if results_type is None and graph_type is None:
        if "text/html" in accept:  # a browser that follows a link
            return RESULTS[0], GRAPHS[0]
        expected = ", ".join(dict.fromkeys((*RESULTS, *GRAPHS)))
        raise Refusal(406, f"没有可接受的格式 · found Accept {accept[:200]!r}, expected one of {expected}.")
    return results_type, graph_type
