"""N-Quads：整个图谱，按行排序，可逐字比对 · the whole graph, one quad a line, sorted: the same graph gives the same bytes."""

from __future__ import annotations

from typing import BinaryIO

from zhengmai.exports._graph import SharedGraph


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write every quad; without internal documents to leave out these are the bytes of the snapshot."""
    out.writelines(f"{line}\n".encode() for line in graph.lines)
