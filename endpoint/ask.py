"""What is asked of a worker and what comes back: plain values, shared by the pool, its processes and whoever asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from endpoint.precheck import Reason, Shape

Kind = (
    Literal["ok", "bad-query", "not-acceptable", "too-many-rows", "too-large", "timeout", "crashed", "failed", "busy", "unanswered"]
    | Reason
)
# Where a limit was met, its name, which the header X-Limit gives.
LIMITS: dict[str, str] = {
    "too-complex": "complexity",
    "too-long": "query-bytes",
    "too-many-rows": "rows",
    "too-large": "result-bytes",
    "timeout": "time",
    "crashed": "process",
    "busy": "queue",
}
EVERYTHING = "\0everything"  # instead of a query: all quads, in a ``graph_type`` that has graphs


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query, and all of them together, may take.

    ``workers`` processes stand ready for quick queries (more than processors, so that a few slow ones do not bar the way). A query
    that takes longer than ``patience_s`` goes on aside, at low priority, as one of at most ``heavy``; ``waiting`` is how many of each
    kind may queue. ``memory_bytes`` is what a query may take beyond the graph.
    """

    seconds: float = 30
    rows: int = 5_000_000
    result_bytes: int = 2_000_000_000
    memory_bytes: int = 1_000_000_000
    workers: int = 8
    heavy: int = 8
    waiting: int = 512
    patience_s: float = 0.04
    shape: Shape = field(default_factory=Shape)


class Request(NamedTuple):
    """A query and how it is to be answered.

    ``results_type`` is wanted of SELECT and ASK, ``graph_type`` of CONSTRUCT and DESCRIBE; None: nothing we have is acceptable.
    ``default_graphs`` and ``named_graphs`` replace FROM and FROM NAMED when one of them is not empty. ``union``: where neither is
    given, the default graph is the union of all graphs. ``compress``: the body is gzip. ``base`` is for relative IRIs. ``rows`` stand for
    SERVICE clauses: each a mark in the query, and what is put there after the query was looked at.
    """

    query: str
    results_type: str | None = "application/sparql-results+json"
    graph_type: str | None = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True
    compress: bool = False
    base: str | None = None
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function to run in a worker with the open graph before its own arguments; importable by its name, its value picklable."""

    function: Any
    args: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


class Result(NamedTuple):
    """What became of it: ``body`` in ``media_type`` when ``kind`` is ok, else a ``message`` for people.

    ``rows`` is how many the answer has, None where its format does not say. ``fixed``: asked again of the same graph, it is the same.
    """

    kind: Kind
    body: bytes = b""
    media_type: str = ""
    message: str = ""
    version: str = ""
    rows: int | None = None
    fixed: bool = False
    compressed: bool = False
    limit: str = ""


class Stopped(Exception):
    """A call did not come to its end: ``kind`` as in :class:`Result`, ``limit`` the limit it met."""

    def __init__(self, kind: Kind, message: str, limit: str = "") -> None:
        super().__init__(message)
        self.kind, self.limit = kind, limit or LIMITS.get(kind, "")
