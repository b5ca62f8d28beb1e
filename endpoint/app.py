"""The endpoint put together: which page answers at which path."""

from __future__ import annotations

import json
from collections.abc import Callable

from endpoint.describing import void
from endpoint.editor import editor, editor_json
from endpoint.front import Front, Page
from endpoint.graph_store import graphs
from endpoint.html import static
from endpoint.http import Asking, Reply
from endpoint.linked import ontology, thing
from endpoint.log import Log
from endpoint.openapi import docs, openapi
from endpoint.rates import Rates
from endpoint.saved import queries
from endpoint.service import Service
from endpoint.sparql import sparql


def make_app(
    service: Service, *, log: Log | None = None, rates: Rates | None = None, opened: Callable[[str], None] = lambda _fault: None
) -> Front:
    """Return the application; ``opened`` is called when the graph is open, with what went wrong."""
    log = log or Log()

    async def metrics(service: Service, _: Asking) -> Reply:
        return Reply(log.metrics(service), "text/plain; version=0.0.4; charset=utf-8", headers={"Cache-Control": "no-store"})

    pages: dict[str, Page] = {
        "/sparql": sparql,
        "/graphs": graphs,
        "/graphs/": graphs,
        "/.well-known/void": void,
        "/queries": queries,
        "/queries/": queries,
        "/openapi.json": openapi,
        "/docs": docs,
        "/": editor,
        "/editor.json": editor_json,
        "/static/": static,
        "/id/": thing,
        "/scheme/": thing,
        "/rule/": thing,
        "/graph/": thing,
        "/ns": ontology,
        "/health": health,
        "/metrics": metrics,
    }
    writes = "GET, HEAD, PUT, POST, DELETE, OPTIONS" if service.writer else "GET, HEAD, OPTIONS"
    methods = {"/sparql": "GET, HEAD, POST, OPTIONS", "/graphs": writes, "/graphs/": writes}
    return Front(service, pages, methods, log=log, rates=rates or Rates(), opened=opened)


async def health(service: Service, _: Asking) -> Reply:
    """Say whether queries are answered, and from which graph."""
    lanes = service.lanes
    said = {"status": "ok" if lanes.version else "no graph", "graph_version": lanes.version}
    if lanes.fault:
        said["fault"] = lanes.fault
    status = 200 if lanes.version else 503
    return Reply(json.dumps(said, ensure_ascii=False).encode(), "application/json", status, {"Cache-Control": "no-store"})
