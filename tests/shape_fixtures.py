"""The good graph of tests/data/shapes and the ways to break it, for the tests of shapes and checks.

Every mutation gets its own copy of the graph under its own slugs (doc/low becomes doc/m17-low), so that pySHACL can judge all
of them in one run: alone, each would cost 0.3 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from ontology.terms import RDFS
from validation.check_files import load_checks, run_check
from validation.graph import load_data
from validation.places import Places
from validation.shapes import run_shapes

FOLDER = Path(__file__).parent / "data" / "shapes"
BASE = "https://w3id.org/zhengmai/id/"
COPY = re.compile(rf"{BASE}(?:doc/cited|[^/]+)/m(\d+)-")


@cache
def good_quads() -> tuple[Quad, ...]:
    """Return the triples of base.ttl."""
    store = Store()
    store.load(path=str(FOLDER / "base.ttl"), format=RdfFormat.TURTLE)
    return tuple(store)


@cache
def class_tree() -> tuple[Quad, ...]:
    """Return, of the ontology, what a shape needs: which class is below which."""
    return tuple(quad for quad in load_data(FOLDER / "base.ttl") if quad.predicate.value == RDFS.subClassOf)


def stored(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    store.bulk_extend(class_tree())
    return store


def broken(name: str) -> Store:
    """Return the good graph after one mutation."""
    store = stored(good_quads())
    store.update(_prologue() + mutations()[name])
    return store


@cache
def mutations() -> dict[str, str]:
    """Return every block of every *.ru file: the shape or check it must fire, and the update."""
    found: dict[str, str] = {}
    for names, update in _blocks():
        assert names[0] not in found, f"{names[0]} is broken twice"
        found[names[0]] = update
    for names, update in _blocks():
        for other in names[1:]:
            found.setdefault(other, update)
    return found


def together(name: str) -> set[str]:
    """Return the checks that must see a mutation: its own, and those that tell the other side of it (``#: W09-slip + I17-copied``)."""
    return next(set(names) for names, update in _blocks() if name in names)


@cache
def _blocks() -> tuple[tuple[list[str], str], ...]:
    found: list[tuple[list[str], str]] = []
    for path in sorted(FOLDER.glob("*.ru")):
        blocks = re.split(r"^#: (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        found += [(names.split(" + "), update) for names, update in zip(blocks[::2], blocks[1::2], strict=True)]
    return tuple(found)


def fired_by_checks(store: Store) -> set[str]:
    """Return the local names of the checks that find something."""
    places = Places(store)
    return {_local(finding.rule) for check in load_checks() for finding in run_check(check, store, places)}


@cache
def all_broken() -> tuple[list[str], Store]:
    """Return the mutations that are for shapes, and one store with a copy of the graph broken by each."""
    checks = {check.name for check in load_checks()}
    names = [name for name in mutations() if name not in checks]
    return names, stored(quad for number, name in enumerate(names) for quad in _copy(broken(name), number))


def broken_for_checks() -> Iterator[Quad]:
    """Yield a copy of the graph for each check, broken so that this check sees it."""
    checks = [check.name for check in load_checks() if check.has_shacl_form]
    for number, name in enumerate(checks):
        yield from _copy(broken(name), number)


@cache
def fired_by_shapes() -> dict[str, set[str]]:
    """Return, for each mutation that is not for a check, the local names of the shapes that see it."""
    names, together = all_broken()
    fired: dict[str, set[str]] = {name: set() for name in names}
    for finding in run_shapes(together, Places(together)):
        copy = COPY.match(finding.focus)
        assert copy, finding.focus
        fired[names[int(copy[1])]].add(_local(finding.rule))
    return fired


def _copy(store: Store, number: int) -> Iterator[Quad]:
    def moved(node: object) -> NamedNode | Literal:
        assert isinstance(node, (NamedNode, Literal))
        if isinstance(node, Literal):
            return node
        return NamedNode(re.sub(rf"^({BASE}(?:doc/cited|[^/]+)/)", rf"\g<1>m{number}-", node.value))

    for quad in store:
        if quad.predicate.value != RDFS.subClassOf:
            subject, predicate = moved(quad.subject), moved(quad.predicate)
            assert isinstance(subject, NamedNode)
            assert isinstance(predicate, NamedNode)
            yield Quad(subject, predicate, moved(quad.object))


@cache
def _prologue() -> str:
    text = (FOLDER / "base.ttl").read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix (\S+:) (<\S+>) \.$", text, flags=re.MULTILINE)
    return f"BASE <{BASE}>\n" + "".join(f"PREFIX {name} {iri}\n" for name, iri in prefixes)


def _local(iri: str) -> str:
    return iri.partition("#")[2]
