"""Our SHACL Core shapes, run by pySHACL, and what their results mean for people.

A shape names its rule (``zms:rule``); the rule's title, what it expects and how to mend it are in zhengmai-rules.ttl.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.load import SHAPES
from validation.findings import SEVERITIES, ReportFinding, Rule
from validation.making import SHAPES_NS, Seen, Voice, make_finding
from validation.places import Places
from zhengmai.errors import BadShapes

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class ShapeWords:
    """What a shape says: its rule's code and texts, each (zh, en)."""

    code: str
    message: tuple[str, str]
    expected: tuple[str, str]
    fix: tuple[str, str]


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


def run_shapes(data: Graph, places: Places) -> list[ReportFinding]:
    """Return a finding for each result of pySHACL on a flattened graph."""
    from pyshacl import validate as pyshacl_validate
    from rdflib import Graph, URIRef

    _, report, said = pyshacl_validate(data, shacl_graph=shapes_graph(), inference="none", advanced=False, inplace=True)
    if not isinstance(report, Graph):
        raise BadShapes(where="ontology/shapes", found=said, expected="shapes pySHACL can run", fix="mend the shape named")
    return [_finding(report, result, places) for result in report.objects(None, URIRef(SH + "result"))]


@cache
def shape_rules() -> tuple[Rule, ...]:
    """Return every rule our shapes speak for, sorted by code."""
    from rdflib import RDF, URIRef

    graph = shapes_graph()
    found = []
    for node in graph.subjects(RDF.type, URIRef(SHAPES_NS + "Rule")):
        code = str(node).removeprefix(SHAPES_NS)
        title = _both(graph, node, SH + "name")
        severity = next(level for level in SEVERITIES if level[0].upper() == code[0])
        found.append(Rule(code, severity, title[0], title[1], "shacl"))
    return tuple(sorted(found, key=lambda rule: rule.code))


@cache
def shapes_version() -> str:
    """Return the version of our shapes."""
    from rdflib import OWL, URIRef

    return str(shapes_graph().value(URIRef(SHAPES_NS.rstrip("#")), OWL.versionInfo))


@cache
def _words(shape: Node) -> ShapeWords:
    from rdflib import URIRef

    graph = shapes_graph()
    rule = graph.value(shape, URIRef(SHAPES_NS + "rule"))
    return ShapeWords(
        code=str(rule).removeprefix(SHAPES_NS),
        message=_both(graph, shape, SH + "message"),
        expected=_both(graph, rule, SH + "description"),
        fix=_both(graph, rule, SHAPES_NS + "fix"),
    )


def _finding(report: Graph, result: Node, places: Places) -> ReportFinding:
    from rdflib import BNode, URIRef

    def said(name: str) -> Node | None:
        return report.value(result, URIRef(SH + name))

    shape, path, value = said("sourceShape"), said("resultPath"), said("value")
    focus = str(said("focusNode"))
    words = _words(shape) if shape is not None else ShapeWords("", ("", ""), ("", ""), ("", ""))
    severity = next(level for level in SEVERITIES if SH + level.capitalize() == str(said("resultSeverity")))
    component = str(said("sourceConstraintComponent"))
    voice = Voice(words.code, severity, words.expected, words.fix, str(shape), component, source="shacl", engine="pyshacl")
    seen = Seen(
        focus,
        words.message,
        path="" if path is None or isinstance(path, BNode) else str(path),
        value="" if value is None or str(value) == focus else str(value),
    )
    return make_finding(seen, voice, places)


def _both(graph: Graph, node: Node | None, predicate: str) -> tuple[str, str]:
    return next(_in(graph, node, predicate, "zh"), ""), next(_in(graph, node, predicate, "en"), "")


def _in(graph: Graph, node: Node | None, predicate: str, lang: str) -> Iterator[str]:
    from rdflib import Literal, URIRef

    said = [text for text in graph.objects(node, URIRef(predicate)) if isinstance(text, Literal)]
    return iter(sorted(str(text) for text in said if text.language == lang))
