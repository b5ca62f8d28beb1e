"""The pages that say what the service can do and what its graph holds; the words are in endpoint/describe.py."""

from __future__ import annotations

from endpoint.describe import count, describe_data, describe_service, graph_names
from endpoint.formats import GRAPHS
from endpoint.http import Asking, Refusal, Reply, negotiate
from endpoint.replies import etag, with_charset
from endpoint.service import Service

_RDF = tuple(media_type for media_type in GRAPHS if media_type not in ("application/xml", "text/xml", "text/plain"))


async def void(service: Service, asking: Asking) -> Reply:
    """Say what the graph holds."""
    media_type = _rdf_type(asking)
    counted = await service.learn("counted", count)
    return _described(service, asking, media_type, describe_data(asking.origin, counted, service.lanes.version, service.about, media_type))


async def describe(service: Service, asking: Asking) -> Reply:
    """Say what the service can do: the answer to a request without a query."""
    media_type = _rdf_type(asking)
    names = await service.learn("graphs", graph_names)
    writable = service.writer is not None
    body = describe_service(asking.origin, names, media_type, union=service.union, federated=bool(service.others), writable=writable)
    return _described(service, asking, media_type, body)


def _rdf_type(asking: Asking) -> str:
    media_type = negotiate(asking.accept, _RDF)
    if media_type is None and "text/html" in asking.accept:
        media_type = _RDF[0]
    if media_type is None:
        raise Refusal(406, f"没有可接受的格式 · found Accept {asking.accept[:200]!r}, expected one of {', '.join(_RDF)}.")
    return media_type


def _described(service: Service, asking: Asking, media_type: str, body: bytes) -> Reply:
    headers = {"ETag": etag(service.lanes.version, media_type), "Cache-Control": "no-cache"}
    return Reply(body, with_charset(media_type), headers=headers, version=service.lanes.version)
