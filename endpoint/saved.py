"""``/queries``: saved questions as an API. The list, an answer in the format asked for, and the values a parameter may take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from endpoint.catalogued import catalogue, written
from endpoint.html import HTML, Safe, field, link, page, table, tag
from endpoint.http import Asking, Refusal, Reply, unquoted
from endpoint.replies import etag, not_modified, with_charset
from endpoint.service import Service
from endpoint.source import Graph
from endpoint.wanted import FORMATS, OURS, Page, media_type_of, only, split_name, wanted_page
from queries.saved import SavedQuery
from zhengmai.errors import BadConfiguration, BadQuery


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a worker gives it: written, how many rows it has and how many there are; for a page also what it is made of."""

    body: bytes
    shown: int
    total: int
    headings: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    sparql: str = ""


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
        found = catalogue(service)
        rows = [(link(f"/queries/{query.name}", query.title.zh), query.title.en, query.summary.zh, " ".join(query.tags)) for query in found]
        return page("专题查询", tag("h1", "专题查询 Questions"), table(("查询", "question", "说明", "标签"), rows))

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
        return _shown(query, given, None, wanted)
    version = service.lanes.version
    try:
        told: Told = await service.run(tell, name, given, service.queries_dir, wanted)
    except (BadQuery, BadConfiguration) as error:
        if media_type == HTML:
            said = tag("p", tag("strong", "无法回答 · cannot be answered: "), f"{error.found}. {error.fix} {error.zh}")
            return replace(_shown(query, given, None, wanted, said), status=400, outcome="bad-parameter")
        raise Refusal(400, f"{error.zh} · found {error.found}, expected {error.expected}. {error.fix}", kind="bad-parameter") from error
    headers = {"ETag": etag(version, media_type), "Cache-Control": "no-cache", "X-Total-Count": str(told.total)}
    links = _links(asking, fields, wanted, told)
    if links:
        headers["Link"] = links
    if media_type == HTML:
        reply = _shown(query, given, told, wanted)
        reply.headers |= headers
        reply.version, reply.rows = version, told.shown
        return reply
    if wanted.ending in ("csv", "tsv", "xlsx"):
        headers["Content-Disposition"] = f'inline; filename="{query.name}.{wanted.ending}"'
    return Reply(told.body, with_charset(media_type), headers=headers, version=version, rows=told.shown, keep=True)


def tell(graph: Graph, name: str, given: Mapping[str, str], own: Path | None, wanted: Page) -> Told:
    """Ask and write the answer. Run in a worker."""
    from queries.run import run_query
    from queries.style import Style
    from queries.writers import WRITERS, words

    answer = run_query(name, given, graph, own=own, accepted_only=wanted.accepted_only)
    end = len(answer.rows) if wanted.limit is None else wanted.offset + wanted.limit
    shown = replace(answer, rows=answer.rows[wanted.offset : end], iris=answer.iris[wanted.offset : end])
    lang: Any = wanted.lang
    total = len(answer.rows)
    if wanted.ending != "html":
        return Told(WRITERS[wanted.ending](shown, Style(lang, 120, wanted.bom)), len(shown.rows), total)
    from ontology.labels import label

    headings = tuple(label(column.label, lang) for column in shown.columns)
    cells = tuple(tuple(words(row[column.name], column, lang) for column in shown.columns) for row in shown.rows)
    return Told(b"", len(shown.rows), total, headings, cells, tuple(note[lang] for note in shown.notes), shown.sparql)


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


def pick_list(graph: Graph, name: str, wanted: str, own: Path | None) -> list[dict[str, str]]:
    """Return the values that may be given, with labels. Run in a worker."""
    from ontology.labels import labels
    from queries.catalogue import find_query
    from queries.ids import full_id
    from queries.run import run_query

    param = next(param for param in find_query(name, own).params if param.name == wanted)
    if param.choices:
        both = labels()
        return [
            {
                "value": choice,
                "zh": both.get(f"{param.scheme}/{choice}", (choice, choice))[0],
                "en": both.get(f"{param.scheme}/{choice}", (choice, choice))[1],
            }
            for choice in param.choices
        ]
    if not param.pick_query:
        return []
    answer = run_query(param.pick_query, {}, graph, own=own)
    first, *others = (column.name for column in answer.columns)
    found = []
    for row, iris in zip(answer.rows, answer.iris, strict=True):
        value = full_id(iris[first]) if first in iris else str(row[first])
        words = " ".join(str(row[name]) for name in others if row[name] not in (None, "") and name not in iris)
        found.append({"value": value, "zh": words or value, "en": words or value})
    return found


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


def _shown(query: SavedQuery, given: Mapping[str, str], told: Told | None, wanted: Page, said: Safe | None = None) -> Reply:
    """Return the page of a question: what it asks, its form, its answer, and how that was computed."""
    fields = [
        field(p.name, f"{p.name} · {p.description.zh} {p.description.en}", given.get(p.name, ""), choices=p.choices, required=p.required)
        for p in query.params
    ]
    parts = [
        tag("h1", query.title.zh, tag("br"), query.title.en),
        tag("p", query.summary.zh if wanted.lang == "zh" else query.summary.en),
        tag("p", query.description.zh, class_="quiet"),
        tag("p", query.description.en, class_="quiet"),
        tag("form", *fields, tag("button", "查询 Ask", type="submit"), method="get", action=f"/queries/{query.name}"),
        said or Safe(""),
    ]
    if told:
        asked = urlencode(given, quote_via=quote)
        downloads = [
            link(f"/queries/{query.name}.{ending}?{asked}{'&bom=1' if ending == 'csv' else ''}", ending)
            for ending in ("csv", "xlsx", "json", "md")
        ]
        count = f"{told.shown} / {told.total} 行 rows"
        parts += [
            tag("h2", "结果 Answer"),
            tag("p", *(tag("span", note, tag("br")) for note in told.notes), count, " · ", Safe(" · ".join(downloads))),
        ]
        parts += [tag("div", table(told.headings, told.cells), class_="scroll")]
        parts += [tag("h2", "如何得出 How this was computed"), tag("pre", told.sparql)]
    return page(query.title.zh, *parts)
