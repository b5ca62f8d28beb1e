"""Our SHACL Core shapes, run as SELECTs or by pySHACL, and what their results mean for people.

A shape names its rule (``zms:rule``); the rule's title, what it expects and how to mend it are in zhengmai-rules.ttl.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from validation.asking import answers, counts
from validation.core_select import filled, questions, subclasses
from validation.findings import SEVERITIES, Engine, ReportFinding, Rule, Severity
from validation.graph import flatten
from validation.making import SHAPES_NS, Seen, Voice, make_finding
from validation.own_shapes import shapes_graph
from validation.places import Places
from zhengmai.errors import BadShapes

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class ShapeWords:
    """What a shape says: its rule's code and texts, each (zh, en)."""

    code: str
    severity: Severity
    message: tuple[str, str]
    expected: tuple[str, str]
    fix: tuple[str, str]


def run_shapes(store: Store, places: Places) -> list[ReportFinding]:
    """Return a finding for each result of our shapes: one SELECT a constraint; shapes that are no SELECT go to pySHACL.

    :raises BadShapes: when pySHACL cannot run one of them.
    """
    asked, left = questions()
    below = subclasses(store)
    found = []
    for question, answer in zip(asked, answers(store, [filled(question.select, below) for question in asked]), strict=True):
        for row in answer.rows:
            said = dict(zip(answer.names, row, strict=True))
            focus, value = said["this"], said.get("value")
            result = _Result(question.shape, getattr(focus, "value", ""), question.path, getattr(value, "value", ""), question.component)
            found.append(_finding(result, places, "select"))
    return [*found, *(run_with_pyshacl(flatten(store), places, left) if left else ())]


def looked_at(store: Store) -> dict[str, int]:
    """Return how many nodes each rule of our shapes looked at."""
    below = subclasses(store)
    targets = {question.target: filled(question.target, below) for question in questions()[0]}
    known = counts(store, list(targets.values()))
    found: dict[str, int] = {}
    for question in questions()[0]:
        code = _words_of(question.shape).code
        found[code] = max(found.get(code, 0), known[targets[question.target]])
    return found


def run_with_pyshacl(data: Graph, places: Places, shapes: Sequence[str] = ()) -> list[ReportFinding]:
    """Return a finding for each result of pySHACL, the reference engine, for some of our shapes (all when none is named)."""
    from pyshacl import validate as pyshacl_validate
    from rdflib import BNode, Graph, URIRef

    chosen: list[str | URIRef] | None = [URIRef(shape) for shape in shapes] or None
    _, report, said = pyshacl_validate(data, shacl_graph=shapes_graph(), inference="none", advanced=False, inplace=True, use_shapes=chosen)
    if not isinstance(report, Graph):
        raise BadShapes(where="ontology/shapes", found=said, expected="shapes pySHACL can run", fix="mend the shape named")
    found = []
    for node in report.objects(None, URIRef(SH + "result")):
        shape, focus, path, value, component = (
            report.value(node, URIRef(SH + name))
            for name in ("sourceShape", "focusNode", "resultPath", "value", "sourceConstraintComponent")
        )
        single = "" if path is None or isinstance(path, BNode) else str(path)
        result = _Result(str(shape), str(focus), single, "" if value is None else str(value), str(component))
        found.append(_finding(result, places, "pyshacl"))
    return found


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


def rule_texts() -> list[tuple[str, tuple[str, str], tuple[str, str], tuple[str, str]]]:
    """Return code, title, what is expected and how to mend it of every rule our shapes speak for; texts are (zh, en)."""
    from rdflib import URIRef

    graph, found = shapes_graph(), []
    for rule in shape_rules():
        node = URIRef(SHAPES_NS + rule.code)
        found.append(
            (rule.code, (rule.title_zh, rule.title_en), _both(graph, node, SH + "description"), _both(graph, node, SHAPES_NS + "fix"))
        )
    return found


@cache
def target_classes() -> tuple[str, ...]:
    """Return the classes our shapes look at, sorted."""
    from rdflib import URIRef

    return tuple(sorted({str(one) for one in shapes_graph().objects(None, URIRef(SH + "targetClass"))}))


@cache
def shapes_version() -> str:
    """Return the version of our shapes."""
    from rdflib import OWL, URIRef

    return str(shapes_graph().value(URIRef(SHAPES_NS.rstrip("#")), OWL.versionInfo))


@dataclass(frozen=True, slots=True)
class _Result:
    shape: str
    focus: str
    path: str
    value: str
    component: str


@cache
def _words_of(shape: str) -> ShapeWords:
    from rdflib import URIRef

    graph, node = shapes_graph(), URIRef(shape)
    rule = graph.value(node, URIRef(SHAPES_NS + "rule"))
    severity = str(graph.value(node, URIRef(SH + "severity")) or SH + "Violation").removeprefix(SH).lower()
    return ShapeWords(
        code=str(rule).removeprefix(SHAPES_NS),
        severity=next(level for level in SEVERITIES if level == severity),
        message=_both(graph, node, SH + "message"),
        expected=_both(graph, rule, SH + "description"),
        fix=_both(graph, rule, SHAPES_NS + "fix"),
    )


def _finding(result: _Result, places: Places, engine: Engine) -> ReportFinding:
    words = _words_of(result.shape)
    voice = Voice(words.code, words.severity, words.expected, words.fix, result.shape, result.component, source="shacl", engine=engine)
    value = "" if result.value == result.focus else result.value
    return make_finding(Seen(result.focus, words.message, path=result.path, value=value), voice, places)


def _both(graph: Graph, node: Node | None, predicate: str) -> tuple[str, str]:
    return next(_in(graph, node, predicate, "zh"), ""), next(_in(graph, node, predicate, "en"), "")


def _in(graph: Graph, node: Node | None, predicate: str, lang: str) -> Iterator[str]:
    from rdflib import Literal, URIRef

    said = [text for text in graph.objects(node, URIRef(predicate)) if isinstance(text, Literal)]
    return iter(sorted(str(text) for text in said if text.language == lang))
