"""TriG：整个图谱，分命名图，便于阅读 · the whole graph in its named graphs, readable, with prefixes."""

from __future__ import annotations

from typing import BinaryIO

from zhengmai.exports._graph import SharedGraph
from zhengmai.exports._prefixes import readable


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write every quad, a block a named graph."""
    from pyoxigraph import RdfFormat

    out.write(readable(graph.quads(), RdfFormat.TRIG))
