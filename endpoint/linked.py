"""``/id/…``, ``/scheme/…``, ``/rule/…`` and ``/ns``: every IRI of ours answers, as a page for people or as RDF."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from endpoint.about import Thing, Way, local, look, ontology_rdf
from endpoint.ask import Request, Result
from endpoint.formats import GRAPHS
from endpoint.html import HTML, Safe, link, page, table, tag
from endpoint.http import Asking, Refusal, Reply, negotiate, unquoted
from endpoint.replies import etag, not_modified, refusal_of, with_charset
from endpoint.service import Service
from zhengmai.settings import BASE_IRI

_QUERIES = Path(__file__).with_name("things")
_OFFERED = (*(media_type for media_type in GRAPHS if media_type not in ("application/xml", "text/xml", "text/plain")), HTML)
ENDINGS = {
    "html": HTML,
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
_LONGEST_LABEL = 80


async def thing(service: Service, asking: Asking) -> Reply:
    """Answer for one IRI of ours."""
    media_type = _media_type(asking)
    if same := not_modified(asking, service.lanes.version, (media_type,)):
        return same
    raw = asking.raw_path.lstrip("/")
    candidates = tuple(dict.fromkeys((BASE_IRI + unquoted(raw), BASE_IRI + raw)))
    found: Thing | None = await service.run(look, candidates)
    if found is None:
        raise Refusal(
            404, f"图谱中没有 · the graph holds nothing about {candidates[0][:300]!r}.", {"X-Graph-Version": service.lanes.version}
        )
    headers = {
        "Cache-Control": "no-cache",
        "Content-Location": f"{asking.raw_path}?format={_ending(media_type)}",
        "Link": _alternates(asking),
    }
    if media_type == HTML:
        reply = _page(found)
        reply.headers |= headers
        reply.version = service.lanes.version
        return reply
    return await _rdf(service, asking, found.iri, media_type, headers)


async def _rdf(service: Service, asking: Asking, iri: str, media_type: str, headers: dict[str, str]) -> Reply:
    from pyoxigraph import NamedNode

    from queries.bind import bind

    query = bind((_QUERIES / "about.rq").read_text(encoding="utf-8"), {"thing": NamedNode(iri)})
    answer = await service.lanes.ask(Request(query, None, media_type, compress=asking.gzip))
    if answer.kind != "ok":
        raise refusal_of(answer)
    return _graph_reply(answer, headers)


def _graph_reply(answer: Result, headers: dict[str, str]) -> Reply:
    headers["ETag"] = etag(answer.version, answer.media_type)
    if answer.compressed:
        headers["Content-Encoding"] = "gzip"
    return Reply(answer.body, with_charset(answer.media_type), headers=headers, version=answer.version, rows=answer.rows)


async def ontology(service: Service, asking: Asking) -> Reply:
    """Give the ontology: a page made by pyLODE, or its triples."""
    media_type = _media_type(asking)
    headers = {"Cache-Control": "no-cache", "Content-Location": f"/ns?format={_ending(media_type)}", "Link": _alternates(asking)}
    if media_type != HTML:
        return Reply(await service.run(ontology_rdf, media_type), with_charset(media_type), headers=headers)
    try:
        made = await service.ontology_page.get()
    except (OSError, TimeoutError) as error:
        raise Refusal(503, f"本体页面无法生成 · the page cannot be made: {error}.", {"Retry-After": "60"}) from error
    framed = page("本体", Safe(""))  # for its headers
    return Reply(made, "text/html; charset=utf-8", headers={**framed.headers, **headers})


def _media_type(asking: Asking) -> str:
    fields = asking.fields()
    unknown = sorted(set(fields) - {"format"})
    if unknown:
        raise Refusal(400, f"参数不对 · found the parameter {unknown[0][:100]!r}, expected format= or none.")
    named = fields.get("format")
    if named is not None:
        if named not in ENDINGS:
            raise Refusal(400, f"没有这种格式 · found format={named[:50]!r}, expected one of {', '.join(ENDINGS)}.")
        return ENDINGS[named]
    media_type = negotiate(asking.accept, _OFFERED)
    if media_type is None:
        raise Refusal(406, f"没有可接受的格式 · found Accept {asking.accept[:200]!r}, expected one of {', '.join(_OFFERED)}.")
    return media_type


def _ending(media_type: str) -> str:
    return next((ending for ending, kind in ENDINGS.items() if kind == media_type), "ttl")


def _alternates(asking: Asking) -> str:
    return ", ".join(f'<{asking.raw_path}?format={ending}>; rel="alternate"; type="{kind}"' for ending, kind in ENDINGS.items())


def _page(found: Thing) -> Reply:
    name = next(
        (way.other for way in found.out if way.zh and way.property.endswith(("prefLabel", "#label", "/title")) and not way.is_iri), ""
    )
    name = name or next((way.other for way in found.out if way.property.endswith(("#heading", "#text", "#number"))), found.iri)
    formats = [link(f"?format={ending}", ending) for ending in ENDINGS if ending != "html"]
    parts = [
        tag("h1", _short(name)),
        tag("p", tag("code", found.iri), " · ", Safe(" · ".join(formats)), class_="quiet"),
    ]
    if found.quotes:
        parts += [
            tag("h2", "原文 Source"),
            *(tag("blockquote", words, tag("br"), tag("span", place, class_="quiet")) for place, words in found.quotes),
        ]
    for title, ways in (("由此 Outgoing", found.out), ("至此 Incoming", found.into)):
        if ways:
            rows = ((tag("span", way.zh, tag("br"), tag("span", way.en, class_="quiet"), title=way.property), _other(way)) for way in ways)
            parts += [tag("h2", title), tag("div", table(("关系 property", "值 value"), rows), class_="scroll")]
    return page(_short(name), *parts)


def _other(way: Way) -> Safe:
    if not way.is_iri:
        return tag("span", way.other)
    shown = _short(way.label) or way.other
    if not way.other.startswith(BASE_IRI):
        return tag("span", shown, " ", tag("code", way.other, class_="quiet"))
    return tag(
        "span",
        link("/" + quote(way.other.removeprefix(BASE_IRI), safe="/:#%-._~!$&'()*+,;=@"), shown),
        " ",
        tag("span", local(way.other), class_="quiet"),
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}…"
