"""Is a query file fit to be published: a whole header, declared parameters, named and ordered columns, an example.

Run over a folder by ``python -m queries.lint FOLDER`` (ours without one) and by the tests.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from queries.bind import bind, parameter_of, parameters, tokens
from queries.catalogue import OURS, as_error
from queries.header import Fault, parse_query
from queries.saved import SavedQuery
from zhengmai.errors import BadConfiguration

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

IRI_TYPES = ("clause", "task", "department", "document", "thing", "iri")


def lint_file(path: Path) -> list[BadConfiguration]:
    """Return every fault of a query file, in the order of its lines; none for a file that may be published."""
    query, faults = parse_query(path, path.read_text(encoding="utf-8-sig"))
    found = list(faults) + (list(_faults(query)) if query else [])
    return [as_error(path, fault) for fault in sorted(found, key=lambda fault: fault.line)]


def lint_folder(folder: Path = OURS) -> list[BadConfiguration]:
    return [error for path in sorted(folder.glob("*.rq")) for error in lint_file(path)]


def _faults(query: SavedQuery) -> Iterator[Fault]:
    yield from _parameter_faults(query)
    yield from _select_faults(query)
    yield from _example_faults(query)
    yield from _syntax_faults(query)


def _parameter_faults(query: SavedQuery) -> Iterator[Fault]:
    names = [param.name for param in query.params]
    met = parameters(query.body)
    for variable, start in met.items():
        if parameter_of(variable, names) is None:
            yield Fault(_line(query.body, start), f"?{variable}, which the header does not declare", "a param of that name in the header")
    for name in names:
        if not any(parameter_of(variable, [name]) for variable in met):
            yield Fault(1, f"a parameter {name} that the query does not use", f"?_{name} in the query, or no such param")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(1, f"a parameter {name} declared twice", "each once")


def _select_faults(query: SavedQuery) -> Iterator[Fault]:
    depth, seen, ordered, stars = 0, "", False, []
    for token in tokens(query.body):
        if token.text in ("{", "}"):
            depth += 1 if token.text == "{" else -1
        word = token.text.upper() if token.kind == "word" else token.text
        if word == "*" and seen in ("SELECT", "DISTINCT", "REDUCED"):
            stars.append(token.start)
        if word == "ORDER" and depth == 0:
            ordered = True
        if token.text.strip() and token.kind != "comment":
            seen = word
    for start in stars:
        yield Fault(_line(query.body, start), "SELECT *", "the columns by name")
    if not ordered:
        yield Fault(_line(query.body, len(query.body.rstrip())), "rows in no order", "ORDER BY after the last }")


def _example_faults(query: SavedQuery) -> Iterator[Fault]:
    declared = {param.name: param for param in query.params}
    if not query.example.rows and not query.example.empty:
        yield Fault(1, "no example", "example: with params and rows that must appear")
    for name in query.example.params:
        if name not in declared:
            yield Fault(1, f"an example with a parameter {name}", f"one of: {', '.join(declared)}")
    for name, param in declared.items():
        if param.required and param.default is None and name not in query.example.params:
            yield Fault(1, f"an example without {name}", f"{name}, which the query needs")
    columns = {column.name for column in query.columns}
    for name in sorted({name for row in query.example.rows for name in row} - columns):
        yield Fault(1, f"an example with a column {name}", f"one of: {', '.join(sorted(columns))}")


def _syntax_faults(query: SavedQuery) -> Iterator[Fault]:
    """Run the query on nothing, with every parameter bound and with the optional ones left out."""
    from pyoxigraph import QuerySolutions, Store

    for params in (query.params, tuple(param for param in query.params if param.required)):
        text = bind(query.body, {param.name: _sample(param.type, param.scheme) for param in params})
        try:
            answer = Store().query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            at = re.search(r"at (\d+):(\d+)", str(error))
            yield Fault(int(at[1]) if at else 1, str(error), "SPARQL 1.1")
            return
        if not isinstance(answer, QuerySolutions):
            yield Fault(1, "a query that is no SELECT", "SELECT with named columns")
            return
        selected, declared = [variable.value for variable in answer.variables], [column.name for column in query.columns]
        if selected != declared:
            yield Fault(1, f"columns {', '.join(declared) or 'none'}", f"those of the SELECT, in its order: {', '.join(selected)}")
            return


def _sample(kind: str, scheme: str | None) -> NamedNode | Literal:
    from pyoxigraph import Literal, NamedNode

    return NamedNode("urn:sample") if kind in IRI_TYPES or scheme else Literal("sample")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


if __name__ == "__main__":
    said = lint_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else OURS)
    for wrong in said:
        print(wrong, file=sys.stderr)
    sys.exit(1 if said else 0)
