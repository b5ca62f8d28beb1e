"""Put a graph into another SPARQL 1.1 store over HTTP, batch by batch, so that a broken connection costs one batch.

A Graph Store address takes each graph by PUT and POST, an update address by ``INSERT DATA``. A graph of its own in that store says which
graphs were published with which checksum: one that is there as it is now, by checksum and count, is not sent again, so a second run goes
on where the first was stopped; one that was published and is no longer ours is removed. Counts are compared after sending.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from zhengmai.settings import BASE_IRI

BATCH = 5_000  # triples
MARKS = f"{BASE_IRI}graph/publication"
_CHECKSUM = "http://spdx.org/rdf/terms#checksumValue"
_MARKED_EVERY = 100
_TRIES = 4
_WAIT_S = 1.0
_SECONDS = 120


class Refused(Exception):
    """The store said no, or cannot be reached; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a graph goes. ``query`` answers counts; ``update`` or ``graph_store`` takes triples; with a user and password when given."""

    query: str
    update: str = ""
    graph_store: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """One graph: its triples (0 when it was removed), and how many of them went over (0 when all were there)."""

    graph: str
    triples: int
    sent: int


def publish(graphs: Mapping[str, list[str]], target: Target, *, batch: int = BATCH) -> Iterator[Sent]:
    """Bring each graph (its IRI and N-Triples lines) into the store and yield what was done with it.

    :raises Refused: when the store refuses, cannot be reached, or has another count afterwards.
    """
    send, clear = (_send_by_store, _clear_by_store) if target.graph_store else (_send_by_update, _clear_by_update)
    sums = {graph: hashlib.sha256("\n".join(lines).encode()).hexdigest() for graph, lines in graphs.items()}
    known = _marks(target)
    sure = {graph: mark for graph, mark in known.items() if sums.get(graph) == mark}

    def write_marks() -> None:
        if sure:
            send(target, MARKS, sorted(f'<{graph}> <{_CHECKSUM}> "{mark}" .' for graph, mark in sure.items()), batch)
        else:
            clear(target, MARKS)

    if known != sure:
        write_marks()  # whatever happens from here on, nothing that is about to change counts as there
    for graph in sorted(set(known) - set(graphs)):
        clear(target, graph)
        yield Sent(graph, 0, 0)
    for number, (graph, lines) in enumerate(graphs.items(), 1):
        there = graph in sure and count(target, graph) == len(lines)
        if not there:
            send(target, graph, lines, batch)
            found = count(target, graph)
            if found != len(lines):
                raise Refused(f"{graph}: {len(lines)} triples were sent, the store counts {found}")
            sure[graph] = sums[graph]
            if number % _MARKED_EVERY == 0:
                write_marks()
        yield Sent(graph, len(lines), 0 if there else len(lines))
    write_marks()


def _marks(target: Target) -> dict[str, str]:
    """Return the checksums of the graphs that were published into the store before."""
    from pyoxigraph import NamedNode

    query = f"SELECT ?graph ?sum WHERE {{ GRAPH {NamedNode(MARKS)} {{ ?graph {NamedNode(_CHECKSUM)} ?sum }} }}"
    return {row["graph"]["value"]: row["sum"]["value"] for row in _rows(target, query)}


def count(target: Target, graph: str) -> int:
    """Return how many triples the store has in a graph.

    :raises Refused: when it does not answer.
    """
    from pyoxigraph import NamedNode

    rows = _rows(target, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}")
    try:
        return int(rows[0]["n"]["value"])
    except (ValueError, KeyError, IndexError) as error:
        raise Refused(f"{target.query}: a count came back as {rows[:1]!r}") from error


def _rows(target: Target, query: str) -> list[dict[str, dict[str, str]]]:
    body = _ask(target, target.query, urlencode({"query": query}).encode(), _FORM, accept="application/sparql-results+json")
    try:
        rows: list[dict[str, dict[str, str]]] = json.loads(body)["results"]["bindings"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{target.query}: this is no SPARQL result: {body[:100]!r}") from error
    return rows


_FORM, _TRIPLES = "application/x-www-form-urlencoded", "application/n-triples"


def _send_by_store(target: Target, graph: str, lines: list[str], batch: int) -> None:
    address = _address(target, graph)
    method = "PUT"  # the first replaces what is there
    for part in _batches(lines, batch):
        _ask(target, address, "".join(f"{line}\n" for line in part).encode(), _TRIPLES, method=method)
        method = "POST"


def _clear_by_store(target: Target, graph: str) -> None:
    _ask(target, _address(target, graph), None, "", method="DELETE")


def _address(target: Target, graph: str) -> str:
    return f"{target.graph_store}{'&' if '?' in target.graph_store else '?'}graph={quote(graph, safe='')}"


def _clear_by_update(target: Target, graph: str) -> None:
    from pyoxigraph import NamedNode

    _update(target, f"CLEAR SILENT GRAPH {NamedNode(graph)}")


def _send_by_update(target: Target, graph: str, lines: list[str], batch: int) -> None:
    from pyoxigraph import NamedNode

    name = NamedNode(graph)
    _clear_by_update(target, graph)
    for part in _batches(lines, batch):
        _update(target, f"INSERT DATA {{ GRAPH {name} {{\n" + "\n".join(part) + "\n} }")


def _update(target: Target, text: str) -> None:
    _ask(target, target.update, urlencode({"update": text}).encode(), _FORM)


def _batches(lines: list[str], batch: int) -> Iterator[list[str]]:
    source = iter(lines)
    while part := list(islice(source, batch)):
        yield part


def _ask(target: Target, address: str, body: bytes | None, content_type: str, *, accept: str = "*/*", method: str = "POST") -> bytes:
    """Send a request, a few times when the store is away for a moment."""
    headers = {"Accept": accept, **({"Content-Type": content_type} if body is not None else {})}
    request = urllib.request.Request(address, body, headers, method=method)
    if target.token:
        request.add_header("Authorization", f"Bearer {target.token}")
    opener = _opener(target, address)
    for tried in range(_TRIES):
        try:
            with opener.open(request, timeout=_SECONDS) as answer:
                said: bytes = answer.read()
                return said
        except urllib.error.HTTPError as error:
            if error.code == 404 and method == "DELETE":
                return b""  # it was not there
            if error.code not in (429, 502, 503, 504) or tried == _TRIES - 1:
                detail = error.read(2000).decode(errors="replace")
                words = " ".join(re.sub(r"<[^>]*>", " ", detail).split())[:300]
                raise Refused(f"{address}: {error.code} {error.reason}: {words}") from error
        except (OSError, http.client.HTTPException) as error:
            if tried == _TRIES - 1:
                raise Refused(f"{address}: {getattr(error, 'reason', error)}") from error
        time.sleep(_WAIT_S * 2**tried)
    raise AssertionError


def _opener(target: Target, address: str) -> urllib.request.OpenerDirector:
    """Return what opens the address with the user's name and password, by Basic or Digest as the store asks."""
    if not target.user:
        return urllib.request.build_opener()
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, address, target.user, target.password)
    handlers = urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)
    return urllib.request.build_opener(*handlers)


def target_of(url: str, *, update: str = "", graph_store: str = "", token: str = "") -> Target:
    """Return where to publish from what was typed: a query address, one to write to when it is another, and a user in it.

    Without one to write to, the address itself takes updates, as most stores do (Oxigraph: /update, Fuseki: /DATASET/update).
    """
    parts = urlsplit(url)
    user, password = parts.username or "", parts.password or ""

    def plain(address: str) -> str:
        found = urlsplit(address)
        return urlunsplit(found._replace(netloc=found.netloc.rpartition("@")[2]))

    if not update and not graph_store:
        update = re.sub(r"/(query|sparql)/?$", "/update", plain(url)) if parts.path.rstrip("/").endswith("/query") else plain(url)
    return Target(plain(url), plain(update) if update else "", plain(graph_store) if graph_store else "", user, password, token)
