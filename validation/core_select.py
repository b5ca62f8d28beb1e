"""Our SHACL Core shapes as set-wise SELECTs, made from the shapes' own Turtle: each asks the store once for all that is wrong.

pySHACL looks at one node after the other; the same shape as one query is 50 times as fast (benchmarks/validate.py) and finds the same
(tests hold both equal). This is no SHACL engine: it knows the constraints our shapes use, and a shape with anything else in it is left to
pySHACL, whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ontology.terms import RDF, RDFS
from validation.own_shapes import shapes_graph

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf")
# What says nothing about the data.
WORDS = {"name", "message", "severity", "path", "property", "description", *TARGETS}
COMPONENT = {
    "minCount": "MinCount",
    "maxCount": "MaxCount",
    "class": "Class",
    "datatype": "Datatype",
    "in": "In",
    "pattern": "Pattern",
    "minLength": "MinLength",
    "nodeKind": "NodeKind",
    "minInclusive": "MinInclusive",
    "maxInclusive": "MaxInclusive",
    "minExclusive": "MinExclusive",
    "maxExclusive": "MaxExclusive",
    "hasValue": "HasValue",
    "lessThan": "LessThan",
    "uniqueLang": "UniqueLang",
    "qualifiedMinCount": "QualifiedMinCount",
    "qualifiedMaxCount": "QualifiedMaxCount",
    "not": "Not",
    "or": "Or",
}
COMPARED = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
KINDS = {"IRI": "isIRI({})", "Literal": "isLiteral({})", "BlankNode": "isBlank({})", "BlankNodeOrIRI": "(isBlank({0}) || isIRI({0}))"}


class NotOurs(Exception):
    """A shape uses what we do not translate."""


@dataclass(frozen=True, slots=True)
class Question:
    """One constraint of one shape as a query for ``?this`` and, where the constraint is about a value, ``?value``.

    ``path`` is the property it is about, "" where the path is no single property; ``target`` counts what it looks at.
    """

    shape: str
    component: str
    path: str
    select: str
    target: str


@cache
def questions() -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """Return the questions our shapes ask, sorted, and the shapes (with targets) that are left to pySHACL."""
    return translate(shapes_graph())


def translate(graph: Graph) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """Return the questions the shapes of a graph ask, and those shapes with a target that we do not translate."""
    from rdflib import URIRef

    found: set[Question] = set()
    left: set[str] = set()
    for shape in sorted({s for name in TARGETS for s in graph.subjects(URIRef(SH + name), None)}, key=str):
        try:
            found |= set(_Shapes(graph).of_targets(shape))  # all of it or nothing
        except NotOurs:
            left.add(str(shape))
    return tuple(sorted(found, key=lambda q: (q.shape, q.component, q.select))), tuple(sorted(left))


class _Shapes:
    """Turns the shapes of one graph into questions."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def of_targets(self, shape: Node) -> Iterator[Question]:
        for target in self._targets(shape):
            yield from self._node_shape(shape, target)

    def _targets(self, shape: Node) -> Iterator[str]:
        for one in self._all(shape, "targetClass"):
            yield f"?this {_types('?this', [one])}"
        for one in self._all(shape, "targetNode"):
            yield f"VALUES ?this {{ {one.n3()} }}"
        for one in self._all(shape, "targetSubjectsOf"):
            yield f"?this {one.n3()} ?targeted ."

    def _node_shape(self, shape: Node, target: str) -> Iterator[Question]:
        yield from self._constraints(shape, target, "", "?this")
        for part in self._all(shape, "property"):
            yield from self._property_shape(part, target)

    def _property_shape(self, shape: Node, target: str) -> Iterator[Question]:
        path = self._path(self._one(shape, "path"))
        yield from self._constraints(shape, target, path, "?value")
        for part in self._all(shape, "property"):  # its focus nodes are this one's values
            inner = target.replace("?this", "?outer")
            yield from self._property_shape(part, f"{inner} ?outer {path} ?this .")

    def _constraints(self, shape: Node, target: str, path: str, value: str) -> Iterator[Question]:
        from rdflib import URIRef

        names = {str(p).removeprefix(SH) for p in self._graph.predicates(shape, None) if str(p).startswith(SH)}
        unknown = names - WORDS - set(COMPONENT) - {"qualifiedValueShape"}
        if unknown:
            raise NotOurs(f"{shape}: {sorted(unknown)}")
        single = self._graph.value(shape, URIRef(SH + "path")) if path else None
        told = str(single) if isinstance(single, URIRef) else ""
        for name in sorted(names & set(COMPONENT)):
            for argument in self._all(shape, name):
                where, shown = self._wrong(shape, name, argument, path, value)
                if path and "{values}" in where:
                    where = where.replace("{values}", f"?this {path} ?value .")
                where = where.replace("{values}", "")
                columns = "?this ?value" if shown and path else "?this"
                select = f"SELECT DISTINCT {columns} WHERE {{ {target} {where} }}"
                yield Question(str(shape), f"{SH}{COMPONENT[name]}ConstraintComponent", told, select, _counted(target))

    def _wrong(self, shape: Node, name: str, argument: Node, path: str, value: str) -> tuple[str, bool]:
        """Return the pattern that holds where the constraint is broken, and whether the result names a value."""
        said = argument.n3()
        if name == "minCount" and str(argument) == "1":
            return f"FILTER NOT EXISTS {{ ?this {path} ?any }}", False
        if name == "minCount" and str(argument) == "0":
            return "FILTER(false)", False
        if name == "minCount" and str(argument) == "2":
            return f"FILTER NOT EXISTS {{ ?this {path} ?one , ?two . FILTER(!sameTerm(?one, ?two)) }}", False
        if name == "maxCount" and str(argument) == "0":
            return f"FILTER EXISTS {{ ?this {path} ?any }}", False
        if name == "maxCount" and str(argument) == "1":
            return f"?this {path} ?one . FILTER EXISTS {{ ?this {path} ?two . FILTER(!sameTerm(?one, ?two)) }}", False
        if name == "maxCount" and str(argument) == "2":
            differ = "!sameTerm(?one, ?two) && !sameTerm(?one, ?three) && !sameTerm(?two, ?three)"
            return f"?this {path} ?one . FILTER EXISTS {{ ?this {path} ?two , ?three . FILTER({differ}) }}", False
        if name == "hasValue":
            return f"FILTER NOT EXISTS {{ ?this {path} {said} }}", False
        if name == "lessThan":
            return f"{{values}} ?this {said} ?other . FILTER(!COALESCE({value} < ?other, false))", True
        if name == "uniqueLang":
            if str(argument) != "true":
                return "FILTER(false)", False
            return f"?this {path} ?one , ?two . FILTER(!sameTerm(?one, ?two) && LANG(?one) = LANG(?two) && LANG(?one) != '')", False
        if name.startswith("qualified"):
            return self._qualified(shape, name, str(argument), path), False
        return f"{{values}} {self._fails(shape, name, argument, value)}", True

    def _qualified(self, shape: Node, name: str, count: str, path: str) -> str:
        inner = self._one(shape, "qualifiedValueShape")

        def fits(variable: str) -> str:
            return f"?this {path} {variable} . {self._holds(inner, variable)}"

        if name == "qualifiedMinCount" and count == "1":
            return f"MINUS {{ {fits('?any')} }}"  # NOT EXISTS of a join is evaluated anew for every node
        if name == "qualifiedMaxCount" and count == "0":
            return fits("?any")
        if name == "qualifiedMaxCount" and count == "1":
            # A span quoted in many graphs has its triples in each: taken once, or they multiply with each other.
            pair = " ".join(f"{{ SELECT DISTINCT ?this {one} WHERE {{ ?this {path} {one} }} }}" for one in ("?one", "?two"))
            held = " ".join(f"FILTER EXISTS {{ {self._holds(inner, one)} }}" for one in ("?one", "?two"))
            return f"{pair} FILTER(!sameTerm(?one, ?two)) {held}"
        raise NotOurs(f"{name} {count}")

    def _fails(self, shape: Node, name: str, argument: Node, value: str) -> str:
        """Return the filter that keeps the values which break a constraint on values."""
        from rdflib import URIRef

        said = argument.n3()
        if name == "class":
            return f"FILTER NOT EXISTS {{ {value} {_types(value, [argument], filtered=True)} }}"
        if name == "or":
            return self._none_of(argument, value)
        if name == "not":
            return self._holds(argument, value)
        if name == "datatype":
            return f"FILTER(!({_has_datatype(value, str(argument))}))"
        if name == "in":
            listed = " || ".join(f"sameTerm({value}, {one.n3()})" for one in self._list(argument))
            return f"FILTER(!({listed}))"
        if name == "pattern":
            flags = self._graph.value(shape, URIRef(SH + "flags"))
            if flags is not None:
                raise NotOurs("sh:flags")
            return f"FILTER(isBlank({value}) || !REGEX(STR({value}), {said}))"
        if name == "minLength":
            return f"FILTER(isBlank({value}) || STRLEN(STR({value})) < {argument})"
        if name == "nodeKind":
            kind = KINDS.get(str(argument).removeprefix(SH))
            if kind is None:
                raise NotOurs(str(argument))
            return f"FILTER(!{kind.format(value)})"
        if name in COMPARED:
            return f"FILTER(!COALESCE({value} {COMPARED[name]} {said}, false))"
        raise NotOurs(name)

    def _none_of(self, members: Node, value: str) -> str:
        """sh:or of classes, or of datatypes: the value fits none."""
        classes: list[Node] = []
        datatypes: list[Node] = []
        for member in self._list(members):
            name, argument = self._only(member)
            (classes if name == "class" else datatypes if name == "datatype" else []).append(argument)
            if name not in ("class", "datatype"):
                raise NotOurs(f"sh:or with {name}")
        if classes and datatypes:
            raise NotOurs("sh:or of classes and datatypes")
        if classes:
            return f"FILTER NOT EXISTS {{ {value} {_types(value, classes, filtered=True)} }}"
        return "FILTER(!(" + " || ".join(f"({_has_datatype(value, str(one))})" for one in datatypes) + "))"

    def _holds(self, inner: Node, value: str) -> str:
        """Return the pattern that holds where a value fits a shape of one constraint."""
        name, argument = self._only(inner)
        if name == "class":
            return f"{value} {_types(value, [argument], filtered=True)}"
        if name == "languageIn":
            listed = " || ".join(f"LANGMATCHES(LANG({value}), {one.n3()})" for one in self._list(argument))
            return f"FILTER(isLiteral({value}) && ({listed}))"
        if name == "pattern":
            return f"FILTER(!isBlank({value}) && REGEX(STR({value}), {argument.n3()}))"
        raise NotOurs(name)

    def _only(self, inner: Node) -> tuple[str, Node]:
        said = [(str(p).removeprefix(SH), o) for p, o in self._graph.predicate_objects(inner) if str(p) != RDF.type]
        if len(said) != 1:
            raise NotOurs(f"{len(said)} constraints in one inner shape")
        return said[0]

    def _path(self, path: Node) -> str:
        from rdflib import BNode, URIRef

        if isinstance(path, URIRef):
            return path.n3()
        if not isinstance(path, BNode):
            raise NotOurs(str(path))
        inverse, either = (self._graph.value(path, URIRef(SH + name)) for name in ("inversePath", "alternativePath"))
        if inverse is not None:
            return f"^({self._path(inverse)})"
        if either is not None:
            return "(" + "|".join(self._path(one) for one in self._list(either)) + ")"
        if self._graph.value(path, URIRef(RDF.NS + "first")) is not None:
            return "(" + "/".join(self._path(one) for one in self._list(path)) + ")"
        raise NotOurs("a path that repeats")

    def _all(self, shape: Node, name: str) -> list[Node]:
        from rdflib import URIRef

        return sorted(self._graph.objects(shape, URIRef(SH + name)), key=str)

    def _one(self, shape: Node, name: str) -> Node:
        found = self._all(shape, name)
        if len(found) != 1:
            raise NotOurs(f"{shape}: {len(found)} sh:{name}")
        return found[0]

    def _list(self, head: Node) -> list[Node]:
        return list(self._graph.items(head))


def _types(subject: str, classes: list[Node], *, filtered: bool = False) -> str:
    """Return ``a`` one of the classes named or below them; ``filled`` writes out which those are."""
    listed = " ".join(f"@{one.n3()}" for one in classes)
    name = "?classOf" + subject.lstrip("?").capitalize()
    return f"a {name} . FILTER({name} IN ({listed}))" if filtered else f"a {name} . VALUES {name} {{ {listed} }}"


def filled(select: str, below: Mapping[str, Sequence[str]]) -> str:
    """Return a query with every class (``@<iri>``) written out as itself and all classes below it."""

    def written(match: re.Match[str]) -> str:
        named = [f"<{iri}>" for top in re.findall(r"@<([^>]+)>", match[0]) for iri in below.get(top, (top,))]
        return (", " if match["in"] else " ").join(sorted(set(named))).join(("IN (", ")") if match["in"] else ("{ ", " }"))

    return re.sub(r"(?:(?P<in>IN \()|\{ )(?:@<[^>]+> ?)+(?:\)| ?\})", written, select)


def _has_datatype(value: str, datatype: str) -> str:
    """A literal of the datatype whose words are one of its values (2018-02-30 is none)."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    typed = f"isLiteral({value}) && DATATYPE({value}) = <{datatype}>"
    if datatype == f"{xsd}string" or not datatype.startswith(xsd):
        return typed
    return f"{typed} && COALESCE(BOUND(?never) || STRLEN(STR(<{datatype}>(STR({value})))) > 0, false)"


def _counted(target: str) -> str:
    return f"SELECT (COUNT(DISTINCT ?this) AS ?count) WHERE {{ {target} }}"


def subclasses(store: Store) -> dict[str, tuple[str, ...]]:
    """Return, for each class, itself and all below it, sorted."""
    from pyoxigraph import NamedNode

    below: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, NamedNode(RDFS.subClassOf), None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            below.setdefault(quad.object.value, set()).add(quad.subject.value)
    found: dict[str, tuple[str, ...]] = {}
    for top in below:
        reached, waiting = {top}, [top]
        while waiting:
            fresh = below.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        found[top] = tuple(sorted(reached))
    return found
