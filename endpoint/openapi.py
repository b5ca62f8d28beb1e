"""``/openapi.json`` and ``/docs``: what may be asked, for programs (OpenAPI 3.1) and for people, made from the catalogue."""

from __future__ import annotations

import json
from typing import Any

from endpoint.catalogued import catalogue, written
from endpoint.formats import GRAPHS, RESULTS
from endpoint.html import HTML, Safe, link, page, table, tag
from endpoint.http import PROBLEM, Asking, Reply
from endpoint.service import Service
from endpoint.wanted import ENDINGS, FORMATS, OURS, XLSX
from queries.saved import Param, SavedQuery
from zhengmai import __version__

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_REFUSALS = {
    "400": "不合要求 · the request is not as it must be",
    "403": "不提供 · refused",
    "404": "没有 · there is none",
    "405": "方法不对 · wrong method",
    "406": "没有可接受的格式 · no acceptable format",
    "413": "过大 · too large",
    "415": "内容类型不对 · wrong type of content",
    "429": "过于频繁 · too often",
    "503": "服务繁忙 · busy",
    "504": "超时 · stopped after the time limit",
}
_TYPES: dict[str, dict[str, Any]] = {"date": {"type": "string", "format": "date"}, "integer": {"type": "integer"}}


async def openapi(service: Service, asking: Asking) -> Reply:
    def write() -> bytes:
        return json.dumps(document(service, asking.origin), ensure_ascii=False, indent=1).encode()

    body = written(service, f"openapi {asking.origin}", write)
    return Reply(body, "application/json", headers={"Cache-Control": "no-cache"})


def document(service: Service, origin: str) -> dict[str, Any]:
    """Return the whole OpenAPI document."""
    found = catalogue(service)
    paths: dict[str, Any] = {
        "/sparql": _sparql(),
        "/graphs": {"get": _graphs()},
        "/queries": {
            "get": _operation(
                "list-questions",
                "专题查询清单 · the questions there are",
                {"application/json": {"type": "array"}, HTML: {"type": "string"}},
                [_format(("json", "html"))],
            )
        },
    }
    for query in found:
        paths[f"/queries/{query.name}"] = {"get": _question(query)}
        for param in query.params:
            name = f"{query.name}-{param.name}-values"
            paths[f"/queries/{query.name}/params/{param.name}"] = {
                "get": _operation(name, f"{param.description.zh} · values for {param.name}", {"application/json": {"type": "object"}}, [])
            }
    for path, words, media_type in (
        ("/health", "是否正常 · is it well", "application/json"),
        ("/metrics", "统计 · counts for Prometheus", "text/plain"),
    ):
        paths[path] = {"get": _operation(path.strip("/"), words, {media_type: {}}, [])}
    void = {media_type: {"type": "string"} for media_type in GRAPHS if media_type not in ("application/xml", "text/xml", "text/plain")}
    paths["/.well-known/void"] = {"get": _operation("void", "数据说明 · VoID and DCAT", void, [])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "政脉 zhengmai",
            "version": __version__,
            "summary": "政策落实脉络 · how policy is carried out, with the words of both documents",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": origin}],
        "paths": paths,
        "components": {"schemas": {"Problem": _problem(), "Answer": _answer()}},
    }


def _question(query: SavedQuery) -> dict[str, Any]:
    content: dict[str, Any] = {media_type: {"type": "string"} for media_type in FORMATS}
    content["application/json"] = {"$ref": "#/components/schemas/Answer"}
    content[XLSX] = {"type": "string", "contentMediaType": XLSX}
    ours = [
        {"name": name, "in": "query", "required": False, "description": words, "schema": _ours(name, kind)}
        for name, (kind, words) in OURS.items()
    ]
    found = _operation(query.name, f"{query.title.zh} · {query.title.en}", content, [*(_param(param) for param in query.params), *ours])
    return found | {"description": f"{query.description.zh}\n\n{query.description.en}", "tags": list(query.tags)}


def _ours(name: str, kind: str) -> dict[str, Any]:
    extra: dict[str, dict[str, Any]] = {
        "limit": {"minimum": 1, "maximum": 1_000_000},
        "offset": {"minimum": 0, "maximum": 10**9},
        "lang": {"enum": ["zh", "en"]},
        "format": {"enum": list(ENDINGS)},
    }
    return {"type": kind, **extra.get(name, {})}


def _param(param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_TYPES.get(param.type, {"type": "string"}))
    if param.choices:
        schema["enum"] = list(param.choices)
    if param.required and schema["type"] == "string":
        schema["minLength"] = 1
    said = f"{param.description.zh} · {param.description.en}"
    return {"name": param.name, "in": "query", "required": param.required, "description": said, "schema": schema}


def _operation(name: str, summary: str, content: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {"description": "答复 · the answer", "content": {kind: {"schema": schema} for kind, schema in content.items()}}
    }
    answers["304"] = {"description": "未变 · you have it already"}
    for status, words in _REFUSALS.items():
        answers[status] = {
            "description": words,
            "content": {PROBLEM: {"schema": _PROBLEM}, "text/plain": {"schema": {"type": "string"}}, HTML: {"schema": {"type": "string"}}},
        }
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}


def _sparql() -> dict[str, Any]:
    content: dict[str, Any] = {media_type: {"type": "string"} for media_type in dict.fromkeys((*RESULTS, *GRAPHS))}
    for name in ("application/json", "application/sparql-results+json", "application/ld+json"):
        content[name] = {}
    graphs = [
        _text(name, words, many=True)
        for name, words in (("default-graph-uri", "默认图 · default graph"), ("named-graph-uri", "命名图 · named graph"))
    ]
    get = _operation(
        "sparql-get", "SPARQL 1.1", content, [_text("query", "查询；不给则为服务说明 · without one: the service's description"), *graphs]
    )
    post = _operation("sparql-post", "SPARQL 1.1", content, graphs)
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    post["requestBody"] = {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": form}, "application/sparql-query": {"schema": {"type": "string"}}},
    }
    return {"get": get, "post": post}


def _graphs() -> dict[str, Any]:
    content: dict[str, Any] = {media_type: {"type": "string"} for media_type in GRAPHS}
    for name in ("application/json", "application/ld+json"):
        content[name] = {}
    parameters = [
        _text("graph", "图的 IRI；两者都不给则为全部 · a graph's IRI; neither: everything"),
        _text("default", "默认图 · the default graph"),
    ]
    return _operation("graphs", "图 · a graph, or everything (Graph Store Protocol)", content, parameters)


def _text(name: str, words: str, *, many: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array", "items": {"type": "string"}} if many else {"type": "string"}
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _format(endings: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "代替 Accept · instead of Accept",
        "schema": {"enum": list(endings)},
    }


def _problem() -> dict[str, Any]:
    """Return the schema of RFC 9457, with the limit that was met."""
    text = {"type": "string"}
    properties = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text, "limit": text}
    return {"type": "object", "required": ["title", "status", "detail"], "properties": properties}


def _answer() -> dict[str, Any]:
    kinds = {"query": "string", "query_version": "string", "params": "object", "columns": "array", "rows": "array", "counts": "object"}
    properties = {name: {"type": kind} for name, kind in {**kinds, "graph_version": "string", "notes": "array"}.items()}
    return {"type": "object", "required": sorted(properties), "properties": properties}


async def docs(service: Service, asking: Asking) -> Reply:
    """Return the same for people, each question with an example to follow."""
    parts: list[Safe] = [
        tag("h1", "接口说明 API"),
        tag("p", "程序可读的说明：", link("/openapi.json", "/openapi.json"), "（OpenAPI 3.1）· for programs"),
        tag("h2", "SPARQL 1.1"),
        tag("pre", f"curl -G {asking.origin}/sparql --data-urlencode 'query=SELECT * {{ ?s ?p ?o }} LIMIT 5' -H 'Accept: text/csv'"),
        table(("路径 path", "内容 what"), ((link(path, path), words) for path, words in _PAGES)),
        tag("h2", "专题查询 Questions"),
    ]
    for query in catalogue(service):
        from urllib.parse import quote, urlencode

        address = f"/queries/{query.name}.json?{urlencode(query.example.params, quote_via=quote)}".rstrip("?")
        params = ((p.name, p.type, "必填 required" if p.required else "", p.description.zh, p.description.en) for p in query.params)
        parts += [
            tag("h2", link(f"/queries/{query.name}", query.name), id=query.name),
            tag("p", query.title.zh, " · ", query.title.en),
            table(("参数 parameter", "类型 type", "", "", ""), params) if query.params else Safe(""),
            tag("p", "例 example: ", link(address, address)),
        ]
    return page("接口说明", *parts)


_PAGES = (
    ("/sparql", "SPARQL 1.1 查询；不带查询则为服务说明 · queries; without one, the service description"),
    ("/graphs", "图 · graphs (Graph Store Protocol): ?graph=IRI, ?default"),
    ("/queries", "专题查询 · saved questions: json, csv, tsv, xlsx, md, html; ?limit= ?offset= ?bom=1"),
    ("/.well-known/void", "数据说明 · VoID and DCAT"),
    ("/ns", "本体 · the ontology"),
    ("/health", "是否正常 · is it well"),
    ("/metrics", "统计 · counts for Prometheus"),
)
