"""Our data shapes as a graph, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.load import SHAPES

if TYPE_CHECKING:
    from rdflib import Graph


def shape_files() -> tuple[Path, ...]:
    """Return the Turtle files of our data shapes; the lint of the ontology lies beside them and is not among them."""
    return tuple(sorted(SHAPES.glob("zhengmai-*.ttl")))


@cache
def shapes_graph() -> Graph:
    """Return our shapes as one graph, read once."""
    from rdflib import Graph

    graph = Graph()
    for path in shape_files():
        graph.parse(path, format="turtle")
    return graph
