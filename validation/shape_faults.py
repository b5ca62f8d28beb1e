"""What is wrong with shapes before an engine runs them: which shape, which line. Engines pass over words they do not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
NUMBERS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
TRUTHS = ("uniqueLang", "closed", "deactivated", "qualifiedValueShapesDisjoint", "optional")
LISTS = ("in", "and", "or", "xone", "languageIn", "ignoredProperties")
KINDS = ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
PATHS = ("path", "inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
# The properties of SHACL (2017) and its Advanced Features; a report that stands beside the shapes may be there too.
WORDS = """
targetClass targetNode targetSubjectsOf targetObjectsOf target property class datatype nodeKind node not hasValue
minExclusive minInclusive maxExclusive maxInclusive pattern flags equals disjoint lessThan lessThanOrEquals
qualifiedValueShape severity message name description order group defaultValue sparql select ask construct update
prefixes prefix namespace declare parameter labelTemplate nodeValidator propertyValidator validator entailment
shapesGraph suggestedShapesGraph shapesGraphWellFormed rule condition subject predicate object expression filterShape
nodes union intersection values returnType annotationProperty annotationVarName annotationValue resultAnnotation
conforms result focusNode value resultPath resultMessage resultSeverity sourceConstraint sourceShape detail
sourceConstraintComponent js jsFunctionName jsLibrary jsLibraryURL count distinct exists groupConcat if then else
limit offset orderBy desc max min sum separator minus
"""
KNOWN = frozenset((*NUMBERS, *TRUTHS, *LISTS, *PATHS, *WORDS.split()))


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """One thing wrong: the shape that has a name nearest to it, the word in question, and what was found and expected."""

    shape: str
    word: str
    found: str
    expected: str


def shape_faults(graph: Graph) -> Iterator[ShapeFault]:
    """Yield what is wrong with the shapes of a graph, in no order."""
    for subject, predicate, value in graph:
        word = str(predicate).removeprefix(SH) if str(predicate).startswith(SH) else ""
        wrong = _wrong(graph, subject, word, value) if word else None
        if wrong:
            yield ShapeFault(_named(graph, subject), word, *wrong)


def _wrong(graph: Graph, subject: Node, word: str, value: Node) -> tuple[str, str] | None:
    """Return what was found and what is expected where a property of SHACL has a value it cannot have."""
    from rdflib import RDF, BNode, Literal, URIRef

    said = f"sh:{word} {_shown(value)}"
    if word not in KNOWN:
        if not _is_shape(graph, subject):
            return None
        return f"sh:{word}, which is no word of SHACL", "a property of SHACL, spelt as there (capitals count)"
    if word in NUMBERS and not (isinstance(value, Literal) and re.fullmatch(r"[+-]?\d+", str(value)) and "integer" in str(value.datatype)):
        return said, f"sh:{word} with a whole number"
    if word in TRUTHS and str(value) not in ("true", "false", "1", "0"):
        return said, f"sh:{word} true or false"
    if word in LISTS and value != RDF.nil and (value, RDF.first, None) not in graph and not _is_function(graph, subject):
        return said, f"sh:{word} with a list in brackets ( … )"
    if word == "nodeKind" and str(value).removeprefix(SH) not in KINDS:
        return said, "one of " + ", ".join(f"sh:{kind}" for kind in KINDS)
    if word in ("property", "node", "not", "qualifiedValueShape") and isinstance(value, Literal):
        return said, f"sh:{word} with a shape"
    if word == "property" and len(list(graph.objects(value, URIRef(SH + "path")))) != 1:
        return f"sh:property {_shown(value)} with {len(list(graph.objects(value, URIRef(SH + 'path'))))} sh:path", "one sh:path"
    if word in PATHS and isinstance(value, Literal):
        return said, f"sh:{word} with a property or a path"
    if word == "pattern":
        return _pattern(str(value))
    if word in ("select", "ask") and not isinstance(value, BNode):
        return _query(graph, subject, word, str(value))
    return None


def _is_shape(graph: Graph, subject: Node) -> bool:
    """A node of the data may have a word of its own in SHACL's namespace; a shape may not."""
    from rdflib import RDF

    said = [str(p).removeprefix(SH) for p in graph.predicates(subject, None) if str(p).startswith(SH)]
    return any(str(kind).startswith(SH) for kind in graph.objects(subject, RDF.type)) or any(word in KNOWN for word in said)


def _is_function(graph: Graph, subject: Node) -> bool:
    """Node expressions of the Advanced Features give some words other values."""
    from rdflib import BNode, URIRef

    return isinstance(subject, BNode) and any((subject, URIRef(SH + word), None) in graph for word in ("nodes", "filterShape"))


def _pattern(pattern: str) -> tuple[str, str] | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return f'sh:pattern "{pattern}" ({error})', "a regular expression"
    return None


def _query(graph: Graph, subject: Node, word: str, text: str) -> tuple[str, str] | None:
    from pyparsing import ParseException
    from rdflib import URIRef
    from rdflib.plugins.sparql.parser import parseQuery

    declared = [
        (graph.value(one, URIRef(SH + "prefix")), graph.value(one, URIRef(SH + "namespace")))
        for owner in graph.objects(subject, URIRef(SH + "prefixes"))
        for one in graph.objects(owner, URIRef(SH + "declare"))
    ]
    head = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in declared if prefix is not None)
    try:
        parseQuery(head + text.replace("$PATH", "<urn:path>"))
    except ParseException as error:
        line = text.count("\n", 0, max(0, error.loc - len(head))) + 1
        return (
            f"sh:{word}, line {line} of the query: {error.msg} at “{text[max(0, error.loc - len(head)) :][:30].strip()}”",
            "a SPARQL query",
        )
    except Exception as error:
        return f"sh:{word}: {error}", "a SPARQL query"
    return None


def _shown(value: Node) -> str:
    from rdflib import BNode

    return "[ … ]" if isinstance(value, BNode) else value.n3()[:80]


def _named(graph: Graph, node: Node) -> str:
    """Return the IRI of the shape a node stands in, "" for one that has none."""
    from rdflib import URIRef

    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, URIRef):
            return str(one)
        if one not in seen:
            seen.add(one)
            waiting += sorted(graph.subjects(None, one), key=str)
    return ""


def line_of(path: Path, shape: str, word: str = "") -> int | None:
    """Return the line of a Turtle file where a shape's statement has a word of SHACL, or where it begins; None where it cannot be told."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    prefixes = re.findall(r"(?i)@?prefix\s+([\w.-]*):\s*<([^>]*)>", text)
    names = [f"<{shape}>", *(f"{prefix}:{shape.removeprefix(iri)}" for prefix, iri in prefixes if iri and shape.startswith(iri))]
    begins = re.search(r"(?m)(?:^|\.)[ \t]*(?:" + "|".join(map(re.escape, names)) + r")(?=[\s;\[])", text) if shape else None
    at = begins.end() if begins else 0
    if word and (begins or not shape):
        shacl = "|".join(f"{re.escape(prefix)}:" for prefix, iri in prefixes if iri == SH) or "sh:"
        hit = re.compile(rf"(?:(?:{shacl}){re.escape(word)}|<{re.escape(SH + word)}>)(?![\w-])").search(text, at)
        at = hit.start() if hit else at
    return text.count("\n", 0, at) + 1 if begins or at else None
