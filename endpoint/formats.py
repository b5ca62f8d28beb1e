"""The formats an answer may have: media types, the engine's writers, and how rows are counted in what they write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

JSON, XML, CSV, TSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
RESULTS = (JSON, XML, CSV, TSV, "application/json", "application/xml", "text/xml")
GRAPHS = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/trig",
    "application/n-quads",
    "application/ld+json",
    "application/json",
    "application/xml",
    "text/xml",
    "text/n3",
    "text/rdf+n3",
    "application/x-turtle",
    "text/plain",
)


@lru_cache(maxsize=64)
def writer(media_type: str, *, graph: bool) -> Any:
    """Return the engine's format of a media type; some names (application/xml) mean one thing for rows and another for graphs."""
    from pyoxigraph import QueryResultsFormat as Rows
    from pyoxigraph import RdfFormat as Graph

    if not graph:
        return {JSON: Rows.JSON, XML: Rows.XML, CSV: Rows.CSV, TSV: Rows.TSV}.get(
            media_type, Rows.JSON if media_type == "application/json" else Rows.XML
        )
    return {
        "text/turtle": Graph.TURTLE,
        "application/x-turtle": Graph.TURTLE,
        "application/n-triples": Graph.N_TRIPLES,
        "text/plain": Graph.N_TRIPLES,
        "application/rdf+xml": Graph.RDF_XML,
        "application/xml": Graph.RDF_XML,
        "text/xml": Graph.RDF_XML,
        "application/trig": Graph.TRIG,
        "application/n-quads": Graph.N_QUADS,
        "application/ld+json": Graph.JSON_LD,
        "application/json": Graph.JSON_LD,
        "text/n3": Graph.N3,
        "text/rdf+n3": Graph.N3,
    }[media_type]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands once a row, and what to add to its count: a header line is no row, the first row has no comma before it."""

    sign: bytes
    more: int = 0
    quoted: bool = False  # it may stand in a quoted text too, where it does not count


_COMMA = _Mark(b'}},{"')  # no text holds this: its quotation mark would be escaped
_LINE = _Mark(b"\n", more=-1)
_ROWS = {JSON: _COMMA, "application/json": _COMMA, CSV: _Mark(b"\n", more=-1, quoted=True), TSV: _LINE}
_TRIPLES = dict.fromkeys(("application/n-triples", "application/n-quads", "text/plain"), _Mark(b"\n"))


class RowCount:
    """Counts the rows of an answer in its bytes as they pass."""

    def __init__(self, media_type: str, *, graph: bool) -> None:
        self._mark = _TRIPLES.get(media_type) if graph else _ROWS.get(media_type, _Mark(b"<result>"))
        self._count = self._quotes = 0
        self._tail = b""

    def add(self, data: bytes) -> int:
        """Take some more bytes and return the rows so far, 0 where the format does not show them."""
        mark = self._mark
        if mark is None:
            return 0
        if mark.quoted:
            parts = data.split(b'"')
            self._count += sum(part.count(mark.sign) for part in parts[self._quotes % 2 :: 2])
            self._quotes += len(parts) - 1
            return self._count + mark.more
        data = self._tail + data
        self._count += data.count(mark.sign)
        if mark is _COMMA and not self._quotes and b'"bindings":[{' in data:
            self._quotes = 1  # the first row
            self._count += 1
        self._tail = data[max(len(data) - len(mark.sign) + 1, 0) :]
        return self._count + mark.more

    def total(self) -> int | None:
        """Return how many rows there were, None where the format does not show them."""
        return None if self._mark is None else max(self._count + self._mark.more, 0)
