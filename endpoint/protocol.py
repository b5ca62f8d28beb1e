"""The SPARQL 1.1 Protocol without a server: what a request asks, and which format it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/trig", "application/n-quads")
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks; ``query`` is None where none was sent."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class NotProtocol(Exception):
    """A request does not follow the protocol: the HTTP status and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def asked_by_get(query_string: bytes) -> Asked:
    """Read the address's parameters; one without a query asks for the service's description.

    :raises NotProtocol: 400 for two queries or broken UTF-8, 403 for an update.
    """
    return _asked(_pairs(query_string))


def asked_by_post(content_type: str, query_string: bytes, body: bytes) -> Asked:
    """Read a form, or a query sent as it is with its graphs in the address.

    :raises NotProtocol: 400, 403 for an update, 415 for another type of content.
    """
    media_type, charset = _content_type(content_type)
    if media_type == UPDATE:
        raise _read_only()
    if media_type not in (FORM, QUERY) or charset not in ("", "utf-8", "utf8"):
        raise NotProtocol(415, f"found Content-Type {content_type!r}, expected {FORM} or {QUERY}, in UTF-8.")
    if media_type == FORM:
        asked = _asked(_pairs(query_string) + _pairs(body))
    else:
        address = _asked(_pairs(query_string))
        if address.query is not None:
            raise NotProtocol(400, "found a query in the address and in the body, expected one.")
        asked = Asked(_utf8(body), address.default_graphs, address.named_graphs)
    if asked.query is None:
        raise NotProtocol(400, "found no query, expected the parameter query=.")
    return asked


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type to answer in, None when nothing offered is acceptable.

    The more exact range decides about a type; between types the higher q wins, then our own order.

    >>> negotiate("text/csv;q=0.5, application/*", ("text/csv", "application/json"))
    'application/json'
    """
    if not (accept or "").strip():
        return offered[0]
    ranges = [_range(part) for part in (accept or "").split(",") if part.strip()]

    def quality(media_type: str) -> float:
        kind = media_type.partition("/")[0]
        for wanted in (media_type, f"{kind}/*", "*/*"):
            found = [q for name, q in ranges if name == wanted]
            if found:
                return max(found)
        return 0.0

    best = max(offered, key=quality)  # the first of equals
    return best if quality(best) > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                q = float(value)
            except ValueError:
                return name, 0.0
            return name, q if 0 <= q <= 1 else 0.0
    return name, 1.0


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise _read_only()
    if names.count("query") > 1:
        raise NotProtocol(400, f"found {names.count('query')} queries, expected one.")

    def values(wanted: str) -> tuple[str, ...]:
        return tuple(value for name, value in pairs if name == wanted)

    return Asked(next(iter(values("query")), None), values("default-graph-uri"), values("named-graph-uri"))


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Decode a form once: %25E5 stays %E5, as the query's author meant it."""
    try:
        return parse_qsl(_utf8(encoded), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise NotProtocol(400, f"found bytes that are not UTF-8: {error.reason}.") from error
    except ValueError as error:
        raise NotProtocol(400, f"found more than {_FIELDS} parameters.") from error


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotProtocol(400, f"found bytes that are not UTF-8 at {error.start}.") from error


def _content_type(header: str) -> tuple[str, str]:
    media_type, *parameters = (piece.strip().lower() for piece in header.split(";"))
    charsets = [value.strip('" ') for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "charset"]
    return media_type, next(iter(charsets), "")


def _read_only() -> NotProtocol:
    return NotProtocol(403, "只读服务 · this endpoint only reads: updates are off.")
