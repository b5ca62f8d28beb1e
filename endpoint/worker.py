"""One worker process: opens one snapshot for reading, answers one query at a time, and may be killed at any moment."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, cast

from endpoint.confine import cap_memory, cap_processor_time, forbid_connections, no_core_file
from endpoint.precheck import Reason

if TYPE_CHECKING:
    import pyoxigraph

Kind = Literal["ok", "bad-query", "not-acceptable", "too-large", "timeout", "crashed", "failed", "busy"] | Reason
GRACE_S = 5  # the parent stops a query on time; this much later the kernel does


@dataclass(frozen=True, slots=True)
class Request:
    """A query and how it is to be answered.

    ``results_type`` is wanted of SELECT and ASK, ``graph_type`` of CONSTRUCT and DESCRIBE; None: nothing we have is acceptable.
    ``default_graphs`` and ``named_graphs`` replace FROM and FROM NAMED when one of them is not empty.
    """

    query: str
    results_type: str | None = "application/sparql-results+json"
    graph_type: str | None = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it: ``body`` in ``media_type`` when ``kind`` is ok, else a ``message`` for people."""

    kind: Kind
    body: bytes = b""
    media_type: str = ""
    message: str = ""
    version: str = ""


class _Capped:
    """Where an engine writes; says stop when it is full."""

    def __init__(self, limit: int) -> None:
        self.limit, self.parts, self.size = limit, list[bytes](), 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.limit:
            raise _Full
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


class _Full(Exception):
    pass


def work(pipe: Connection, snapshot: Path, seconds: float, result_bytes: int, memory_bytes: int) -> None:
    """Open the snapshot, say so, and answer until the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes the pipe
    os.environ["RUST_BACKTRACE"] = "0"  # a panic ends the process; two lines about it are enough
    forbid_connections()
    no_core_file()
    try:
        store = open_folder(snapshot)
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        pipe.send(str(error) or type(error).__name__)
        return
    pipe.send("")
    cap_memory(memory_bytes)
    while True:
        try:
            request = pipe.recv()
        except (EOFError, OSError):
            return
        cap_processor_time(seconds + GRACE_S)
        result = answer(store, request, result_bytes, snapshot.name)
        try:
            pipe.send(result)
        except BrokenPipeError:
            return


def open_folder(snapshot: Path) -> pyoxigraph.Store:
    """Open a snapshot: its index where there is one, else its N-Quads in memory."""
    import pyoxigraph

    if (snapshot / "oxigraph").is_dir():
        return pyoxigraph.Store.read_only(str(snapshot / "oxigraph"))
    store = pyoxigraph.Store()
    store.bulk_load(path=snapshot / "graph.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def answer(store: pyoxigraph.Store, request: Request, result_bytes: int, version: str) -> Result:
    """Answer one query; whatever goes wrong is a result too."""
    import pyoxigraph

    out = _Capped(result_bytes)
    try:
        found = store.query(request.query, **_dataset(request))
        graph = isinstance(found, pyoxigraph.QueryTriples)
        media_type = request.graph_type if graph else request.results_type
        if media_type is None:
            what = "CONSTRUCT and DESCRIBE give a graph" if graph else "SELECT and ASK give a table"
            return Result("not-acceptable", message=f"没有可接受的格式 · {what}; none of its formats is acceptable.", version=version)
        found.serialize(cast("IO[bytes]", out), formats()[media_type])
    except _Full:
        message = f"结果过大 · the result has more than {result_bytes} bytes; use LIMIT."
        return Result("too-large", message=message, version=version)
    except SyntaxError as error:
        return Result("bad-query", message=str(error), version=version)
    except ValueError as error:
        return Result("bad-query", message=str(error), version=version)
    except (OSError, RuntimeError, MemoryError) as error:
        return Result("failed", message=str(error) or type(error).__name__, version=version)
    return Result("ok", b"".join(out.parts), media_type, version=version)


def _dataset(request: Request) -> dict[str, Any]:
    """Return the engine's options: graphs named by the protocol win over FROM, and nothing else is in the dataset then."""
    import pyoxigraph

    if not request.default_graphs and not request.named_graphs:
        return {"use_default_graph_as_union": request.union}
    return {
        "default_graph": [pyoxigraph.NamedNode(iri) for iri in request.default_graphs],
        "named_graphs": [pyoxigraph.NamedNode(iri) for iri in request.named_graphs],
    }


def formats() -> dict[str, Any]:
    """Return the engine's format of each media type we write, results first."""
    from pyoxigraph import QueryResultsFormat as Rows
    from pyoxigraph import RdfFormat as Graph

    return {
        "application/sparql-results+json": Rows.JSON,
        "application/json": Rows.JSON,
        "application/sparql-results+xml": Rows.XML,
        "application/xml": Rows.XML,
        "text/csv": Rows.CSV,
        "text/tab-separated-values": Rows.TSV,
        "text/turtle": Graph.TURTLE,
        "application/n-triples": Graph.N_TRIPLES,
        "application/rdf+xml": Graph.RDF_XML,
        "application/trig": Graph.TRIG,
        "application/n-quads": Graph.N_QUADS,
    }
