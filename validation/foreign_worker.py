"""The process that runs pySHACL on shapes that are not ours; it says which shape it is at, so that one that never ends can be named."""

from __future__ import annotations

import logging
import re
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validation.findings import ShaclResult
from validation.shape_faults import line_of, shape_faults

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
FORMATS = {
    "ttl": "turtle",
    "nt": "nt",
    "nq": "nquads",
    "trig": "trig",
    "rdf": "xml",
    "xml": "xml",
    "jsonld": "json-ld",
    "json": "json-ld",
    "n3": "n3",
}
ADVANCED = ("target", "SPARQLTarget", "SPARQLTargetType", "SPARQLFunction", "rule", "expression")
GAP = re.compile(r"\\?\{[?$]\w+\\?\}")


def judge(pipe: Connection, data: str, shapes: str) -> None:
    """Send ("at", shape) for each shape begun, then ("done", results, shapes) or ("error", where, found, expected)."""
    logging.disable(logging.CRITICAL)  # what the engine or a parser logs is in the report, or in the error below
    warnings.simplefilter("ignore")
    try:
        graph, rules = parsed(data), parsed(shapes)
        if not any(True for _ in _targets(rules)):
            raise _Wrong(shapes, "no shape with a target", "SHACL shapes (sh:targetClass, sh:targetNode, …)")
        _refuse_faulty(rules, shapes)
        pipe.send(("at", ""))
        pipe.send(("done", *run(graph, rules, pipe)))
    except _Wrong as error:
        pipe.send(("error", *error.args))
    except Exception as error:  # whatever the engine or a parser raises is said, never shown as a traceback
        pipe.send(("error", shapes, f"{type(error).__name__}: {str(error).strip()[:600]}", "shapes pySHACL can run"))


def _refuse_faulty(rules: Graph, shapes: str) -> None:
    """A shape that cannot be understood is an error, never "conforms".

    :raises _Wrong: with the line and the name of the first faulty shape of the file.
    """
    found = [(line_of(Path(shapes), fault.shape, fault.word) or 0, fault) for fault in shape_faults(rules)]
    if found:
        line, fault = min(found, key=lambda one: (one[0], one[1].shape, one[1].word, one[1].found))
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        where = f"{shapes}{f', line {line}' if line else ''}{f', shape {fault.shape}' if fault.shape else ''}"
        raise _Wrong(where, fault.found + more, fault.expected)


def run(
    data: Graph, shapes: Graph, pipe: Connection | None = None
) -> tuple[list[dict[str, Any]], list[tuple[str, int | None, str, tuple[str, str]]]]:
    """Return the results (fields of ShaclResult) and the shapes with a target: IRI, nodes looked at, severity, title (zh, en).

    :raises _Wrong: when pySHACL gives no report.
    """
    from pyshacl import validate as pyshacl_validate
    from pyshacl.shape import Shape
    from rdflib import Graph, URIRef

    looked: dict[str, int] = {}
    original = Shape.validate

    def told(self: Any, executor: Any, target_graph: Any, focus: Any = None, *more: Any, **named: Any) -> Any:
        if focus is None:
            if pipe is not None:
                pipe.send(("at", str(self.node)))
            looked[str(self.node)] = len(set(self.focus_nodes(target_graph)))
        return original(self, executor, target_graph, focus, *more, **named)

    Shape.validate = told  # type: ignore[method-assign]
    try:
        advanced = any(True for name in ADVANCED for _ in shapes.triples((None, URIRef(SH + name), None)))
        _, report, said = pyshacl_validate(data, shacl_graph=shapes, inference="none", advanced=advanced, inplace=False)
    finally:
        Shape.validate = original  # type: ignore[method-assign]
    if not isinstance(report, Graph):
        raise _Wrong("shapes", str(said).strip()[:600], "shapes pySHACL can run")
    results = [_result(report, node, shapes) for node in report.objects(None, URIRef(SH + "result"))]
    judged = [(str(shape), looked.get(str(shape)), _severity(shapes, shape), _title(shapes, shape)) for shape in _targets(shapes)]
    return results, judged


class _Wrong(Exception):
    """Where, what was found, what was expected."""


def parsed(path: str) -> Graph:
    """Return a file as one graph, its literals as written, read as pySHACL reads ("1"^^xsd:boolean is not true).

    :raises _Wrong: when it is no RDF of the kind its name tells.
    """
    from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
    from rdflib import Dataset, Graph

    form = FORMATS.get(path.rpartition(".")[2].lower(), "turtle")
    rdflib_bool_patch()  # type: ignore[no-untyped-call]
    try:
        if form in ("nquads", "trig"):
            dataset = Dataset(default_union=True).parse(path, format=form)
            flat = Graph()
            for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
                flat.add((subject, predicate, value))
            return flat
        return Graph().parse(path, format=form)
    except Exception as error:
        raise _Wrong(path, _first_lines(error), f"readable {form}") from error
    finally:
        rdflib_bool_unpatch()  # type: ignore[no-untyped-call]


def _first_lines(error: Exception) -> str:
    """The parser says "at line 3 of <>: Bad syntax (…) at ^ in: …" over many lines; the first three say what is wrong."""
    return " ".join(" ".join(str(error).split("\n")[:3]).split())[:400] or type(error).__name__


def _targets(shapes: Graph) -> list[Node]:
    from rdflib import RDF, RDFS, URIRef

    names = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
    found = {shape for name in names for shape in shapes.subjects(URIRef(SH + name), None)}
    kinds = [set(shapes.subjects(RDF.type, kind)) for kind in (RDFS.Class, URIRef(SH + "NodeShape"), URIRef(SH + "PropertyShape"))]
    return sorted(found | (kinds[0] & (kinds[1] | kinds[2])), key=str)


def _result(report: Graph, node: Node, shapes: Graph) -> dict[str, Any]:
    from rdflib import URIRef

    def said(name: str) -> Node | None:
        return report.value(node, URIRef(SH + name))

    path, constraint, shape = said("resultPath"), said("sourceConstraint"), said("sourceShape")
    return {
        "focus": _term(said("focusNode")),
        "path": "" if path is None else path_turtle(report, path, shapes),
        "value": _term(said("value")),
        "component": _term(said("sourceConstraintComponent")),
        "severity": _term(said("resultSeverity")),
        "shape": _term(shape),
        "constraint": _term(constraint),
        "owner": _term(_named(shape, shapes)),
        "messages": tuple(_messages(report, node, shapes, [constraint, shape])),
        "details": tuple(ShaclResult(**_result(report, one, shapes)) for one in report.objects(node, URIRef(SH + "detail"))),
    }


def _named(shape: Node | None, shapes: Graph) -> Node | None:
    """Return a shape, or the nearest around it that has a name of its own."""
    from rdflib import BNode

    seen: set[Node] = set()
    around, here = [shape] if shape is not None else [], shape
    while around:
        here = around.pop(0)
        if not isinstance(here, BNode):
            return here
        seen.add(here)
        around += sorted(set(shapes.subjects(None, here)) - seen, key=str)
    return here


def path_turtle(report: Graph, path: Node, shapes: Graph) -> str:
    """Return a property path as Turtle; a path of blank nodes is written out from the report, or from the shapes where it stands there."""
    from rdflib import RDF, BNode

    if not isinstance(path, BNode):
        return path.n3()
    graph = report if (path, None, None) in report else shapes
    if graph.value(path, RDF.first) is not None:
        return "( " + " ".join(path_turtle(graph, one, shapes) for one in graph.items(path)) + " )"
    pairs = sorted(graph.predicate_objects(path), key=lambda pair: str(pair[0]))
    return "[ " + " ; ".join(f"{p.n3()} {path_turtle(graph, o, shapes)}" for p, o in pairs) + " ]"


def _messages(report: Graph, node: Node, shapes: Graph, sources: list[Node | None]) -> list[tuple[str, str]]:
    """Return the messages with their languages; one that lost its language gets that of the template it was made from."""
    from rdflib import Literal, URIRef

    templates = [
        text
        for source in sources
        if source is not None
        for holder in (source, *shapes.objects(source, URIRef(SH + "sparql")))
        for text in shapes.objects(holder, URIRef(SH + "message"))
        if isinstance(text, Literal) and text.language
    ]
    found = []
    for text in report.objects(node, URIRef(SH + "resultMessage")):
        language = text.language if isinstance(text, Literal) and text.language else ""
        if not language:
            language = next((template.language or "" for template in templates if _made_from(str(text), str(template))), "")
        found.append((str(text), language))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _made_from(text: str, template: str) -> bool:
    return re.fullmatch(".*".join(re.escape(part) for part in GAP.split(template)), text, re.DOTALL) is not None


def _severity(shapes: Graph, shape: Node) -> str:
    from rdflib import URIRef

    return str(shapes.value(shape, URIRef(SH + "severity")) or SH + "Violation")


def _title(shapes: Graph, shape: Node) -> tuple[str, str]:
    from rdflib import RDFS, Literal, URIRef

    names = [text for key in (URIRef(SH + "name"), RDFS.label) for text in shapes.objects(shape, key) if isinstance(text, Literal)]
    said = {str(text.language or ""): str(text) for text in names}
    other = next(iter(sorted(said.values())), str(shape).rpartition("#")[2].rpartition("/")[2])
    return said.get("zh", other), said.get("en", other)


def _term(node: Node | None) -> str:
    return "" if node is None else node.n3()
