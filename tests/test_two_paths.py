"""A hundred documents, many of them faulty: our SELECTs find on the whole what pySHACL finds with the same Core shapes.

pySHACL asks a SPARQL constraint once for every node, many minutes for this set: here it judges some nodes with every check,
those ours reports before those it does not. ``python -m benchmarks.two_paths`` lets it judge all of them, and the seeds.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hundred_documents import hundred
from pyoxigraph import Store
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, Graph, Namespace, URIRef

from validation.check_files import Check, load_checks, run_check
from validation.findings import ReportFinding
from validation.graph import flatten, load_data
from validation.places import Places
from validation.shacl_form import shacl_graph
from validation.shapes import run_shapes, shapes_graph

SOME = 2  # nodes of a kind that pySHACL judges
SLOW = ("V13-quote", "W12-doubtful-evidence")  # seconds for a single node: left to the benchmark, and to the small graph of test_checks.py
SH = Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def store() -> Store:
    return load_data(hundred())


def results(report: Graph) -> set[tuple[str, ...]]:
    """Return shape, focus node, severity and component of each result of a report."""
    parts = ("sourceShape", "focusNode", "resultSeverity", "sourceConstraintComponent")
    return {tuple(str(report.value(one, SH[name])) for name in parts) for one in report.objects(None, SH.result)}


def told(findings: Iterable[ReportFinding]) -> set[tuple[str, ...]]:
    return {(f.rule, f.focus, str(SH[f.severity.capitalize()]), f.component) for f in findings}


def test_core_shapes_find_the_same_on_the_whole(store: Store) -> None:
    ours = told(run_shapes(store, Places(store)))
    _, report, _ = pyshacl_validate(flatten(store), shacl_graph=shapes_graph(), inference="none", advanced=False, inplace=True)
    assert ours == results(report)
    assert len({focus.partition("/id/doc/")[2].partition("/")[0] for _, focus, *_ in ours}) >= 25  # findings in many documents


@pytest.fixture(scope="module")
def flat(store: Store) -> Graph:
    return flatten(store)


def nodes_of(check: Check, flat: Graph) -> set[str]:
    """Return the nodes a check looks at."""
    found: set[str] = set()
    for target in check.targets:
        name = target.removeprefix("subjects-of ")
        term = URIRef(check.prefixes[name.partition(":")[0]] + name.partition(":")[2])
        found |= {str(node) for node in (flat.subjects(term) if target != name else flat.subjects(RDF.type, term))}
    return found


@pytest.mark.parametrize(
    "check", [check for check in load_checks() if check.has_shacl_form and check.name not in SLOW], ids=lambda check: check.name
)
def test_a_check_gives_pyshacls_verdict_on_single_nodes(check: Check, store: Store, flat: Graph) -> None:
    ours = {finding.focus for finding in run_check(check, store, Places(store))}
    asked = {*sorted(ours)[:SOME], *sorted(nodes_of(check, flat) - ours)[:SOME]}
    if asked:
        nodes = [URIRef(node) for node in asked]
        _, report, _ = pyshacl_validate(
            flat, shacl_graph=shacl_graph([check]), inference="none", advanced=False, inplace=True, focus_nodes=nodes
        )
        assert {focus for _, focus, *_ in results(report)} == ours & asked
