"""Turtle：全部三元组，不分命名图（来源区分见 trig、nq） · every triple, without the named graphs (trig and nq keep them)."""

from __future__ import annotations

from typing import BinaryIO

from zhengmai.exports._graph import SharedGraph
from zhengmai.exports._prefixes import readable

SAID = (
    "Turtle 不分命名图：原文、推断与对应关系并在一起；要区分请用 trig 或 nq。",
    "Turtle has no named graphs: asserted, inferred and linked stand together; trig and nq keep them apart.",
)


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write the union of the named graphs, each triple once."""
    from pyoxigraph import RdfFormat, parse

    triples = sorted({f"{line[: line.rindex(' <')]} ." for line in graph.lines})
    out.write(readable(parse("\n".join(triples).encode(), format=RdfFormat.N_TRIPLES), RdfFormat.TURTLE))
