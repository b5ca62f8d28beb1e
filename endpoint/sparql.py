"""``/sparql``: a request by the SPARQL 1.1 Protocol becomes a question to the workers, and what they say a reply."""

from __future__ import annotations

from functools import lru_cache

from endpoint.answers import Stream
from endpoint.ask import Request, Result
from endpoint.describing import describe
from endpoint.formats import GRAPHS, RESULTS
from endpoint.http import BODY_BYTES, UPDATE_BYTES, Asking, Refusal, Reply, negotiate
from endpoint.others import NotAllowed, Unanswered
from endpoint.precheck import Refused
from endpoint.protocol import FORM, UPDATE, Asked, asked_by_get, asked_by_post, read_only, refuse_type
from endpoint.replies import etag, not_modified, refusal_before, refusal_of, with_charset
from endpoint.service import Service
from endpoint.service_clauses import BadService
from endpoint.services import NOT_ASKED, ask_others, names_others

_MOST_SAID = 10  # servers in a header


async def sparql(service: Service, asking: Asking) -> Reply:
    """Answer a query, or describe the service to one who asks nothing; where writing is on, make an update."""
    asked = await _asked(service, asking)
    if asked.update is not None:
        if service.writer is None:
            raise read_only()
        if asking.method != "POST":
            raise Refusal(405, "更新用 POST · an update is asked by POST.", {"Allow": "POST"})
        service.writer.admit(asking)
        return await service.writer.update(asking, asked)
    if asked.query is None:
        return await describe(service, asking)
    asking.query = asked.query
    return await answer(service, asking, asked)


async def _asked(service: Service, asking: Asking) -> Asked:
    if asking.method != "POST":
        return asked_by_get(asking.query_string)
    if asking.header(b"content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "内容编码不支持 · found a Content-Encoding, expected the body as it is.")
    content_type = asking.header(b"content-type")
    media_type = refuse_type(content_type)  # before reading
    if media_type != FORM:
        asked_by_post(content_type, asking.query_string, b"")
    most = BODY_BYTES
    if media_type == UPDATE and service.writer:
        service.writer.admit(asking)
        most = UPDATE_BYTES
    return asked_by_post(content_type, asking.query_string, await asking.body(most))


async def answer(service: Service, asking: Asking, asked: Asked) -> Reply:
    """Answer a query."""
    request = request_of(service, asking, asked)
    current = service.lanes.version
    if asking.method != "POST" and (same := not_modified(asking, current, (request.results_type, request.graph_type))):
        return same
    not_asked: tuple[str, ...] = ()
    if names_others(request.query, service.others):
        request, not_asked = await _with_others(service, request)
    found = await (service.lanes.finish(asking.begun) if asking.begun else service.lanes.stream(request))
    result = found if isinstance(found, Result) else found.result
    if result.kind != "ok":
        raise refusal_of(result)
    reply = reply_of(result)
    if not_asked:
        reply.headers[NOT_ASKED] = ", ".join(not_asked[:_MOST_SAID])
    if isinstance(found, Stream):
        reply.body = found
    return reply


def request_of(service: Service, asking: Asking, asked: Asked) -> Request:
    """Return a query as the workers take it.

    :raises Refusal: 406 when no format is acceptable.
    """
    results_type, graph_type = wanted_types(asking.accept)
    base = f"{asking.origin}/sparql"
    return Request(asked.query or "", results_type, graph_type, asked.default_graphs, asked.named_graphs, service.union, asking.gzip, base)


def reply_of(result: Result) -> Reply:
    """Return the reply of a query that was answered."""
    headers = {"Cache-Control": "no-store"}
    if result.fixed:
        headers = {"ETag": etag(result.version, result.media_type), "Cache-Control": "no-cache"}
    if result.compressed:
        headers["Content-Encoding"] = "gzip"
    media_type = with_charset(result.media_type)
    return Reply(result.body, media_type, headers=headers, version=result.version, rows=result.rows, keep=result.fixed)


async def _with_others(service: Service, request: Request) -> tuple[Request, tuple[str, ...]]:
    """Ask the servers that a query names, put what they answer in their place, and say which could not be asked."""
    try:
        joined = await ask_others(request.query, service.others, service.lanes.limits.shape)
    except Refused as refused:
        raise refusal_before(refused) from refused
    except BadService as error:
        raise Refusal(400, f"SERVICE 有误 · {error}.", kind="bad-query") from error
    except NotAllowed as error:
        raise Refusal(403, f"不允许 SERVICE · SERVICE is refused: {error}.", kind="service") from error
    except Unanswered as error:
        raise Refusal(502, f"所调用的服务没有答复 · the server that was asked: {error}.", kind="unanswered") from error
    return request._replace(query=joined.query, rows=joined.rows), joined.not_asked


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
