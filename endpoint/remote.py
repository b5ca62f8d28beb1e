"""A server of the user's behind this endpoint: its answers go through the same workers, limits and pages as those of a graph of ours.

A worker waits for it and is killed when the time is up; whether that server goes on with a query nobody waits for is its own affair.
What it holds may change under one name, so that nothing of it is kept or said to be unchanged.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import ssl
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from endpoint.precheck import TOKEN
from endpoint.source import Graph

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"
_FORMS = ("select", "ask", "construct", "describe")
_NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
_KNOWN_S = 2  # how long the names of its graphs are taken for granted


class Unavailable(RuntimeError):
    """The server behind cannot be reached or has failed."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Where it answers queries, and takes updates (empty: nowhere); user and password as they stand in the addresses."""

    query_url: str
    update_url: str = field(default="", repr=False)
    connects = True
    lasting = False

    @classmethod
    def of(cls, query: str, update: str = "") -> Remote:
        """Look at the addresses.

        :raises ValueError: for one that is no whole http address.
        """
        for address in filter(None, (query, update)):
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError(f"found {address!r}, expected an address as http://127.0.0.1:7878/query")
            _ = parts.port
        if not query:
            raise ValueError("found no address")
        return cls(query, update)

    @property
    def version(self) -> str:
        return f"remote-{hashlib.sha256(self.query_url.encode()).hexdigest()[:8]}"

    def load(self) -> Graph | None:
        self.open().query("ASK {}")  # so that a server that does not answer is said at once
        return None

    def open(self) -> RemoteGraph:
        return RemoteGraph(self.version, self.query_url)


class RemoteGraph:
    """The graph of another server, as endpoint/source.py wants it: results stream through, in the engine's own types."""

    def __init__(self, version: str, address: str) -> None:
        self.version = version
        self._address = address
        self._names: tuple[float, list[str]] = (0.0, [])
        self._joins: bool | None = None

    def query(self, sparql: str, *, union: bool = True, base_iri: str | None = None, **options: Any) -> Any:
        """Ask it. Options as the engine takes them; ``union``: all graphs together, also where that server keeps them apart.

        :raises ValueError: when it says that the query is wrong.
        :raises Unavailable: when it does not answer.
        """
        default: list[str] = [_iri(name) for name in options.get("default_graph", ())]
        named: list[str] = [_iri(name) for name in options.get("named_graphs", ())]
        if union and not default and not named and not self._joins_graphs():
            default = named = self._graph_names()
        if base_iri and not re.search(r"(?i)\bbase\s*<", sparql):
            sparql = f"BASE <{base_iri}> {sparql}"  # on the same line: places stay
        return self._ask(sparql, default, named)

    def _ask(self, sparql: str, default: list[str], named: list[str]) -> Any:
        form = _form(sparql)
        is_graph = form in ("construct", "describe")
        fields = [("query", sparql), *(("default-graph-uri", name) for name in default), *(("named-graph-uri", name) for name in named)]
        response = send(self._address, urlencode(fields).encode(), accept=_TRIPLES if is_graph else _RESULTS)
        media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if is_graph:
            return _Triples(response, media_type)
        from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

        try:
            kind = QueryResultsFormat.XML if media_type.endswith("xml") else QueryResultsFormat.JSON
            found = parse_query_results(response, kind)
            if form == "ask" and isinstance(found, QuerySolutions):  # Virtuoso: a row means yes
                yes = next(iter(found), None) is not None
                found = parse_query_results(f'{{"head": {{}}, "boolean": {str(yes).lower()}}}', QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise Unavailable(f"its answer cannot be read ({media_type}): {error}") from error
        return found

    def _joins_graphs(self) -> bool:
        """Say whether its default graph has what its named graphs have; looked at once."""
        if self._joins is None:
            one = list(self._ask("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(ISIRI(?s) && ISIRI(?o)) } LIMIT 1", [], []))
            self._joins = not one or bool(self._ask(f"ASK {{ {one[0]['s']} {one[0]['p']} {one[0]['o']} }}", [], []))
        return self._joins

    def _graph_names(self) -> list[str]:
        known_at, names = self._names
        if time.monotonic() - known_at > _KNOWN_S:
            names = sorted(_iri(row["g"]) for row in self._ask(_NAMES, [], []))
            self._names = (time.monotonic(), names)
        return names


class _Triples:
    """Triples from an answer, written on as the engine's own would be."""

    def __init__(self, response: http.client.HTTPResponse, media_type: str) -> None:
        self._response, self._media_type = response, media_type

    def __iter__(self) -> Iterator[Triple]:
        from pyoxigraph import RdfFormat, parse

        syntax = RdfFormat.from_media_type(self._media_type) or RdfFormat.TURTLE
        for quad in parse(self._response, syntax):
            yield quad.triple

    def serialize(self, out: IO[bytes], media_format: Any) -> None:
        from pyoxigraph import serialize

        serialize(self, out, media_format)


def send(address: str, form: bytes, *, accept: str, content_type: str = "application/x-www-form-urlencoded") -> http.client.HTTPResponse:
    """Post to a server and return its answer, not read yet.

    :raises ValueError: when it says that what was sent is wrong.
    :raises Unavailable: when it cannot be reached, or says that it failed.
    """
    parts = urlsplit(address)
    headers = {"Accept": accept, "Content-Type": content_type, "User-Agent": "zhengmai"}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    host = parts.hostname or ""
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(host, parts.port, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, parts.port)
    try:
        connection.request("POST", urlunsplit(("", "", parts.path or "/", parts.query, "")), form, headers)
        response = connection.getresponse()
        if response.status < 300:
            return response
        said = " ".join(response.read(2000).decode(errors="replace").split())
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(f"{host}:{parts.port}: {error}") from error
    if response.status in (400, 422) or "SP030" in said or "SPARQL compiler" in said:  # Virtuoso
        raise ValueError(said)
    raise Unavailable(f"status {response.status}: {said[:500]}")


def _form(sparql: str) -> str:
    """Return how a query begins after its declarations."""
    for match in TOKEN.finditer(sparql):
        if match.lastgroup == "word" and match.group().casefold() in _FORMS:
            return match.group().casefold()
    return ""


def _iri(name: NamedNode | str) -> str:
    return name if isinstance(name, str) else name.value


__all__ = ["Remote", "RemoteGraph", "Unavailable", "send"]
