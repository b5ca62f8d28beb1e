"""The SPARQL 1.1 Protocol without a server: what a request asks."""

from __future__ import annotations

from typing import NamedTuple

from endpoint.http import Refusal, pairs_of, utf8

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class Asked(NamedTuple):
    """What a request asks: a ``query``, an ``update``, or neither; and the graphs it names for either."""

    query: str | None = None
    update: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def asked_by_get(query_string: bytes) -> Asked:
    """Read the address's parameters; one without a query asks for the service's description.

    :raises Refusal: 400 for two queries or broken UTF-8.
    """
    return _asked(pairs_of(query_string))


def asked_by_post(content_type: str, query_string: bytes, body: bytes) -> Asked:
    """Read a form, or a query or update sent as it is with its graphs in the address.

    :raises Refusal: 400, or 415 for another type of content.
    """
    media_type = refuse_type(content_type)
    if media_type == FORM:
        asked = _asked(pairs_of(query_string) + pairs_of(body))
        if asked.query is None and asked.update is None:
            raise Refusal(400, "没有查询 · found no query, expected the parameter query=.")
        return asked
    address = _asked(pairs_of(query_string))
    if address.query is not None or address.update is not None:
        raise Refusal(400, "查询重复 · found a query in the address and in the body, expected one.")
    what = utf8(body)
    if media_type == UPDATE:
        values = _values(pairs_of(query_string))
        return Asked(None, what, values.get("using-graph-uri", ()), values.get("using-named-graph-uri", ()))
    return Asked(what, None, address.default_graphs, address.named_graphs)


def refuse_type(content_type: str) -> str:
    """Return the media type of a body we read.

    :raises Refusal: 415 for another, or another encoding than UTF-8.
    """
    media_type, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    charsets = [value.strip('" ') for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "charset"]
    charset = next(iter(charsets), "")
    if media_type not in (FORM, QUERY, UPDATE) or charset not in ("", "utf-8", "utf8"):
        found = f"found Content-Type {content_type[:200]!r}, expected {FORM} or {QUERY}, in UTF-8."
        raise Refusal(415, f"内容类型不对 · {found}", {"Accept": f"{FORM}, {QUERY}"})
    return media_type


def read_only() -> Refusal:
    """Return what an update is told here."""
    return Refusal(403, "只读服务 · this endpoint only reads: updates are off.", kind="update")


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    values = _values(pairs)
    queries, updates = values.get("query", ()), values.get("update", ())
    if len(queries) + len(updates) > 1:
        raise Refusal(400, f"查询重复 · found {len(queries)} queries and {len(updates)} updates, expected one.")
    if updates:
        return Asked(None, updates[0], values.get("using-graph-uri", ()), values.get("using-named-graph-uri", ()))
    return Asked(queries[0] if queries else None, None, values.get("default-graph-uri", ()), values.get("named-graph-uri", ()))


def _values(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found
