"""``/graphs``: the SPARQL 1.1 Graph Store Protocol. Without a name: everything there is."""

from __future__ import annotations

from endpoint.about import holds
from endpoint.ask import EVERYTHING, Request, Result
from endpoint.formats import GRAPHS
from endpoint.http import Asking, Refusal, Reply, negotiate
from endpoint.replies import etag, not_modified, refusal_of, with_charset
from endpoint.service import Service

_QUADS = ("application/n-quads", "application/trig")
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


async def graphs(service: Service, asking: Asking) -> Reply:
    """Give a graph, or all of them with their names; where writing is on, put, add to or delete one."""
    fields = asking.fields()
    name = _name(asking, fields)
    everything = "graph" not in fields and "default" not in fields and asking.path == "/graphs"
    if asking.method not in ("GET", "HEAD"):
        if service.writer is None:
            raise Refusal(405, "只读服务 · this endpoint only reads.", {"Allow": "GET, HEAD, OPTIONS"})
        service.writer.admit(asking)
        if not everything:
            return await service.writer.write(asking, name)
        if asking.method == "POST":
            return await service.writer.create(asking)
        raise Refusal(400, f"没有图名 · {asking.method} needs graph= or default; POST without them makes a new graph.")
    media_type = negotiate(asking.accept, _QUADS if everything else GRAPHS)
    if media_type is None:
        expected = ", ".join(_QUADS if everything else GRAPHS)
        raise Refusal(406, f"没有可接受的格式 · found Accept {asking.accept[:200]!r}, expected one of {expected}.")
    if same := not_modified(asking, service.lanes.version, (media_type,)):
        return same
    if everything:
        request = Request(EVERYTHING, None, media_type, compress=asking.gzip)
    elif name is None:
        request = Request(_WHOLE, None, media_type, union=service.union, compress=asking.gzip)
    else:
        if not await service.run(holds, name):
            raise Refusal(404, f"没有这个图 · found no graph {name[:200]!r}.")
        request = Request(_WHOLE, None, media_type, default_graphs=(name,), compress=asking.gzip)
    found = await service.lanes.stream(request)
    result = found if isinstance(found, Result) else found.result
    if result.kind != "ok":
        raise refusal_of(result)
    headers = {"ETag": etag(result.version, result.media_type), "Cache-Control": "no-cache"}
    if result.compressed:
        headers["Content-Encoding"] = "gzip"
    body = found.body if isinstance(found, Result) else found
    return Reply(body, with_charset(result.media_type), headers=headers, version=result.version, rows=result.rows)


def _name(asking: Asking, fields: dict[str, str]) -> str | None:
    """Return the graph that is meant, None for the default graph.

    :raises Refusal: 400 for something that names no graph.
    """
    unknown = sorted(set(fields) - {"graph", "default"})
    if unknown:
        raise Refusal(400, f"参数不对 · found the parameter {unknown[0][:100]!r}, expected graph= or default.")
    if "graph" in fields and "default" in fields:
        raise Refusal(400, "参数不对 · found graph= and default, expected one of them.")
    if asking.path != "/graphs":
        if fields:
            raise Refusal(400, "参数不对 · found a parameter after a graph's own address, expected none.")
        return asking.origin + asking.raw_path
    if "graph" not in fields:
        return None
    from pyoxigraph import NamedNode

    name = fields["graph"]
    try:
        return NamedNode(name).value
    except ValueError as error:
        raise Refusal(400, f"图名不是 IRI · found graph={name[:200]!r}, expected a whole IRI: {error}.") from error
