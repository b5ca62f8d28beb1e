"""One worker process: answers from an open graph, one thing at a time, and may be killed at any moment."""

from __future__ import annotations

import marshal
import os
import pickle
import re
import signal
import socket
import zlib
from typing import IO, Any, cast

from endpoint.ask import EVERYTHING, Call, Kind, Limits, Request
from endpoint.confine import cap_memory, cap_processor_time, forbid_connections, no_core_file
from endpoint.formats import RowCount, writer
from endpoint.frames import AWAKE, CALL, DATA, END, FAILURE, RAISED, STREAM, VALUE, WHOLE, Incoming, frame
from endpoint.precheck import Refused, precheck
from endpoint.remote import Unavailable
from endpoint.source import Graph, Source
from zhengmai.errors import ZhengmaiError
from zhengmai.store import OpenStore

GRACE_S = 5  # the pool stops a query on time; this much later the kernel does
WHOLE_BYTES = 1_000_000  # an answer up to this size is sent at once, so that its status can still say that something went wrong
_READ_BYTES = 1 << 16
_NOT_WORTH_GZIP = 1000
_GZIP_LEVEL, _GZIP_WINDOW = 1, 31
# What gives another answer each time it is asked.
_VARIES = re.compile(r"(?i)\b(?:now|rand|uuid|struuid|bnode)\s*\(")
_UNKNOWN_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")


class _Enough(Exception):
    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def work(connection: socket.socket, source: Source, graph: Graph | None, limits: Limits) -> None:
    """Answer until the other end of the connection is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes the connection
    os.environ["RUST_BACKTRACE"] = "0"  # a panic ends the process; two lines about it are enough
    if not source.connects:
        forbid_connections()
    no_core_file()
    fault = ""
    if graph is None:
        try:
            graph = source.open()
        except Exception as error:  # whatever is wrong with it, every query is told so
            fault = f"图谱无法打开 · the graph cannot be opened: {error or type(error).__name__}"
    cap_memory(limits.memory_bytes)
    connection.sendall(frame(AWAKE))
    incoming = Incoming()
    while data := connection.recv(_READ_BYTES):
        for kind, message in incoming.feed(data):
            cap_processor_time(limits.seconds + GRACE_S)
            try:
                if graph is None:
                    connection.sendall(_failure("failed", fault))
                elif kind == CALL:
                    connection.sendall(_call(graph, message))
                else:
                    _answer(connection, graph, Request._make(marshal.loads(message)), limits)
            except BrokenPipeError:
                return


def _call(graph: Graph, message: bytes) -> bytes:
    try:
        call: Call = pickle.loads(message)
        return frame(VALUE, pickle.dumps(call.function(graph, *call.args, **call.options)))
    except Exception as error:  # it is raised again where the call was made
        try:
            return frame(RAISED, pickle.dumps(error))
        except Exception:
            return _failure("failed", f"{type(error).__name__}: {error}")


def _answer(connection: socket.socket, graph: Graph, request: Request, limits: Limits) -> None:
    """Answer one query; whatever goes wrong is an answer too."""
    import pyoxigraph

    out: _Out | None = None
    kind: Kind = "failed"
    try:
        if request.query == EVERYTHING:
            _dump(connection, graph, request, limits)
            return
        seen = precheck(request.query, limits.shape)
        query = request.query
        for mark, rows in request.rows:
            query = query.replace(mark, rows)
        found = _evaluate(graph, query, {"base_iri": request.base, **_dataset(request, names_dataset=seen.names_dataset)})
        is_graph = not isinstance(found, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean)
        media_type = request.graph_type if is_graph else request.results_type
        if media_type is None:
            what = "CONSTRUCT and DESCRIBE give a graph" if is_graph else "SELECT and ASK give a table"
            raise _Enough("not-acceptable", f"没有可接受的格式 · {what}; none of its formats is acceptable.")
        fixed = isinstance(graph, OpenStore) and not request.rows and not ("(" in query and _VARIES.search(request.query))
        out = _Out(connection, media_type, limits, graph=is_graph, compress=request.compress, fixed=fixed)
        found.serialize(cast("IO[bytes]", out), writer(media_type, graph=is_graph))
        out.close()
        return
    except BrokenPipeError:
        raise
    except Refused as refused:
        kind, message = refused.reason, str(refused)
    except _Enough as enough:
        kind, message = enough.kind, str(enough)
    except (SyntaxError, ValueError) as error:
        kind, message = "bad-query", str(error)
    except Unavailable as error:
        kind, message = "unanswered", f"所接的图数据库没有答复 · the store behind does not answer: {error}"
    except ZhengmaiError as error:
        message = f"{error.zh} · {error.found}"
    except (OSError, RuntimeError, MemoryError) as error:
        message = str(error) or type(error).__name__
    connection.sendall(_failure(kind, message))


def _evaluate(graph: Graph, query: str, options: dict[str, Any]) -> Any:
    """Evaluate a query. A function nobody knows has no value, as SPARQL says of an expression in error; the engine would give up."""
    import pyoxigraph

    unknown: dict[pyoxigraph.NamedNode, Any] = {}
    while True:
        try:
            return graph.query(query, **options)
        except ZhengmaiError as error:
            found = _UNKNOWN_FUNCTION.search(error.found)
            if found is None or (name := pyoxigraph.NamedNode(found[1])) in unknown:
                raise
            unknown[name] = lambda *_: None
            options = {**options, "custom_functions": unknown}


def _dump(connection: socket.socket, graph: Graph, request: Request, limits: Limits) -> None:
    if not isinstance(graph, OpenStore):
        raise _Enough("not-acceptable", "不提供整体下载 · the whole is not given here: ask for one graph by graph=.")
    media_type = request.graph_type or "application/n-quads"
    out = _Out(connection, media_type, limits, graph=True, compress=request.compress, fixed=True)
    graph.store.dump(cast("IO[bytes]", out), writer(media_type, graph=True))
    out.close()


def _dataset(request: Request, *, names_dataset: bool) -> dict[str, Any]:
    """Return the engine's options: graphs named by the protocol win over FROM, and nothing else is in the dataset then."""
    import pyoxigraph

    if not request.default_graphs and not request.named_graphs:
        return {"union": request.union and not names_dataset}  # the engine would let the union win over FROM
    return {
        "union": False,
        "default_graph": [pyoxigraph.NamedNode(iri) for iri in request.default_graphs],
        "named_graphs": [pyoxigraph.NamedNode(iri) for iri in request.named_graphs],
    }


def _failure(kind: Kind, message: str) -> bytes:
    return frame(FAILURE, f"{kind}\0{message}".encode(errors="replace"))


class _Out:
    """Where the engine writes: counts, says stop when it is enough, compresses, and sends on what does not fit in one message."""

    def __init__(self, connection: socket.socket, media_type: str, limits: Limits, *, graph: bool, compress: bool, fixed: bool) -> None:
        self._connection, self._media_type, self._limits, self._fixed = connection, media_type, limits, fixed
        self._rows = RowCount(media_type, graph=graph)
        self._zip = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WINDOW) if compress else None
        self._held: list[bytes] = []
        self._size = self._total = 0
        self._streams = False

    def write(self, data: bytes) -> int:
        data = bytes(data)
        self._total += len(data)
        if self._total > self._limits.result_bytes:
            raise _Enough("too-large", f"结果过大 · the result has more than {self._limits.result_bytes} bytes; use LIMIT.")
        if self._rows.add(data) > self._limits.rows:
            raise _Enough("too-many-rows", f"结果行数过多 · the result has more than {self._limits.rows} rows; use LIMIT.")
        self._held.append(data)
        self._size += len(data)
        if self._size > WHOLE_BYTES:
            if not self._streams:
                self._streams = True
                self._connection.sendall(frame(STREAM, self._head()))
            self._connection.sendall(frame(DATA, self._taken()))
        return len(data)

    def flush(self) -> None:
        """What is held back goes at the end."""

    def close(self) -> None:
        """Send what is left."""
        if not self._streams and self._size < _NOT_WORTH_GZIP:
            self._zip = None
        body = self._taken(last=True)
        rows = self._rows.total()
        tail = b"" if rows is None else b"%d" % rows
        if self._streams:
            self._connection.sendall(frame(DATA, body) + frame(END, tail))
        else:
            self._connection.sendall(frame(WHOLE, b"%s\0%s\0%s" % (self._head(), tail, body)))

    def _head(self) -> bytes:
        return b"%s\0%d\0%d" % (self._media_type.encode(), self._fixed, self._zip is not None)

    def _taken(self, *, last: bool = False) -> bytes:
        data = b"".join(self._held)
        self._held.clear()
        self._size = 0
        if self._zip is None:
            return data
        return self._zip.compress(data) + (self._zip.flush() if last else self._zip.flush(zlib.Z_SYNC_FLUSH))
