"""``/queries``: saved questions as an API. The list, an answer in the format asked for, and the values a parameter may take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from endpoint.catalogued import catalogue, written
from endpoint.html import HTML, tag
from endpoint.http import Asking, Refusal, Reply, unquoted
from endpoint.question_page import list_page, question_page
from endpoint.replies import etag, not_modified, with_charset
from endpoint.service import Service
from endpoint.told import Page, Told, pick_list, tell
from endpoint.wanted import FORMATS, OURS, media_type_of, only, split_name, wanted_page
from queries.saved import SavedQuery
from zhengmai.errors import BadConfiguration, BadQuery


async def queries(service: Service, asking: Asking) -> Reply:
    """Answer what is below ``/queries``."""
    parts = [unquoted(part) for part in asking.raw_path.removeprefix("/queries").strip("/").split("/") if part]
    if not parts:
        return _list(service, asking)
    if len(parts) == 1:
        return await _answer(service, asking, parts[0])
    if len(parts) == 3 and parts[1] == "params":
        return await _picks(service, asking, parts[0], parts[2])
    raise Refusal(404, f"没有这个页面 · found {asking.path[:200]!r}, expected /queries/NAME or /queries/NAME/params/PARAMETER.")


def _list(service: Service, asking: Asking) -> Reply:
    from queries.catalogue import as_json

    only(asking.fields(), ("format",))
    media_type = media_type_of(asking, {"application/json": "json", HTML: "html"}, asking.fields().get("format"))
    if media_type == HTML:
        return list_page(catalogue(service))

    def write() -> bytes:
        said = [as_json(query) | {"url": f"{asking.origin}/queries/{query.name}"} for query in catalogue(service)]
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    body = written(service, f"list {asking.origin}", write)
    return Reply(body, media_type, headers={"Cache-Control": "no-cache"}, rows=len(catalogue(service)))


async def _answer(service: Service, asking: Asking, name: str) -> Reply:
    name, ending = split_name(name)
    query = _find(service, name)
    fields = asking.fields()
    given = {key: value for key, value in fields.items() if key not in OURS}
    known = tuple(param.name for param in query.params)
    only(given, known)
    media_type = media_type_of(asking, FORMATS, ending or fields.get("format"))
    if service.lanes.version and (same := not_modified(asking, service.lanes.version, (media_type,))):
        return same
    wanted = wanted_page(fields, FORMATS[media_type])
    missing = [param.name for param in query.params if param.required and not given.get(param.name)]
    if media_type == HTML and missing:
        return question_page(query, given, None, wanted)
    version = service.lanes.version
    try:
        told: Told = await service.run(tell, name, given, service.queries_dir, wanted)
    except (BadQuery, BadConfiguration) as error:
        if media_type == HTML:
            said = tag("p", tag("strong", "无法回答 · cannot be answered: "), f"{error.found}. {error.fix} {error.zh}")
            return replace(question_page(query, given, None, wanted, said), status=400, outcome="bad-parameter")
        raise Refusal(400, f"{error.zh} · found {error.found}, expected {error.expected}. {error.fix}", kind="bad-parameter") from error
    headers = {"ETag": etag(version, media_type), "Cache-Control": "no-cache", "X-Total-Count": str(told.total)}
    links = _links(asking, fields, wanted, told)
    if links:
        headers["Link"] = links
    if media_type == HTML:
        reply = question_page(query, given, told, wanted)
        reply.headers |= headers
        reply.version, reply.rows = version, told.shown
        return reply
    if wanted.ending in ("csv", "tsv", "xlsx"):
        headers["Content-Disposition"] = f'inline; filename="{query.name}.{wanted.ending}"'
    return Reply(told.body, with_charset(media_type), headers=headers, version=version, rows=told.shown, keep=True)


async def _picks(service: Service, asking: Asking, name: str, wanted: str) -> Reply:
    """Give the values a parameter may take, each with words for people."""
    query = _find(service, name)
    only(asking.fields(), ())
    param = next((param for param in query.params if param.name == wanted), None)
    if param is None:
        expected = ", ".join(param.name for param in query.params) or "none: it has no parameters"
        raise Refusal(404, f"没有这个参数 · found no parameter {wanted[:100]!r}, expected {expected}.")
    values = await service.run(pick_list, name, wanted, service.queries_dir)
    said = {"query": query.name, "param": param.name, "type": param.type, "open": not (param.choices or param.pick_query), "values": values}
    body = json.dumps(said, ensure_ascii=False, indent=1).encode()
    return Reply(body, "application/json", headers={"Cache-Control": "no-cache"}, version=service.lanes.version, rows=len(values))


def _find(service: Service, name: str) -> SavedQuery:
    from queries.catalogue import did_you_mean, find_query, query_files

    files = query_files(service.queries_dir)
    if name not in files:
        raise Refusal(
            404, f"没有这个查询 · found no question {name[:100]!r}; {did_you_mean(name, files, otherwise='/queries lists them')}."
        )
    try:
        return find_query(name, service.queries_dir)
    except BadConfiguration as error:
        raise Refusal(404, f"查询文件有误 · the file of {name[:100]!r} cannot be read: {error.found}.") from error


def _links(asking: Asking, fields: Mapping[str, str], wanted: Page, told: Told) -> str:
    """Return the Link header: the pages before and after this one."""
    if wanted.limit is None:
        return ""
    last = max((told.total - 1) // wanted.limit * wanted.limit, 0)
    at = {"first": 0, "prev": wanted.offset - wanted.limit, "next": wanted.offset + wanted.limit, "last": last}
    there = {rel: max(offset, 0) for rel, offset in at.items() if rel in ("first", "last") or -wanted.limit < offset < told.total}
    if wanted.offset == 0:
        there.pop("prev", None)

    def address(offset: int) -> str:
        said = {key: value for key, value in fields.items() if key not in ("limit", "offset")}
        return f"{asking.raw_path}?{urlencode({**said, 'limit': wanted.limit, 'offset': offset}, quote_via=quote)}"

    return ", ".join(f'<{address(offset)}>; rel="{rel}"' for rel, offset in there.items())
