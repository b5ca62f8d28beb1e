"""The plan of a query as far as SPARQL itself fixes it: its algebra, one operator a line, what feeds it indented below.

The engine chooses the order of the joins inside each group by itself; its Python binding (pyoxigraph 0.5) has no way to show that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Operators whose inputs stand in p, p1 and p2; the other parts of a node are expressions.
INPUTS = ("p", "p1", "p2")


def plan(sparql: str) -> str:
    """Return the algebra of a query, such as ``Project ?task ?clause`` over ``OrderBy`` over ``LeftJoin`` over ``BGP, 3 patterns``.

    A query that uses what SPARQL 1.1 does not have gives one line that says so.
    """
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return "\n".join(_lines(translateQuery(parseQuery(sparql)).algebra, 0))
    except ParseBaseException as error:
        return f"none: line {error.lineno} is beyond SPARQL 1.1"


def _lines(node: Any, depth: int) -> Iterator[str]:
    name = str(node.name)
    if name == "SelectQuery":  # its Project follows
        yield from _lines(node.p, depth)
        return
    yield "  " * depth + name + _detail(node, name)
    for key in INPUTS:
        if key in node:
            yield from _lines(node[key], depth + 1)


def _detail(node: Any, name: str) -> str:
    if name == "BGP":
        shown = [" ".join(_term(part) for part in triple) for triple in node.triples]
        return f", {len(shown)} pattern{'s' if len(shown) != 1 else ''}" + (": " if shown else "") + " . ".join(shown)
    if name == "Project":
        return "".join(f" ?{variable}" for variable in node.PV)
    if name == "Extend":
        return f" ?{node.var}"
    if name == "Graph":
        return f" {_term(node.term)}"
    return f" ({len(node.expr)} keys)" if name == "OrderBy" else ""


def _term(part: Any) -> str:
    """Return a term or path, IRIs cut to their last word."""
    from rdflib import Literal, URIRef, Variable

    if isinstance(part, Variable):
        return f"?{part}"
    if isinstance(part, URIRef):
        return part.rstrip("/").replace("#", "/").rpartition("/")[2]
    return part.n3() if isinstance(part, Literal) else _path(part)


def _path(path: Any) -> str:
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, MulPath):
        return f"({_term(path.path)}){path.mod}"
    if isinstance(path, AlternativePath | SequencePath):
        return ("|" if isinstance(path, AlternativePath) else "/").join(_term(part) for part in path.args)
    return f"^{_term(path.arg)}" if isinstance(path, InvPath) else str(path)
