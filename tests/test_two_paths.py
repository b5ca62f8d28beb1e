"""On the three documents and on a hundred, many of them faulty, our SELECTs find what pySHACL finds with the same shapes.

Beside the hundred lie small graphs that no reader would make, so that every check finds something there.

pySHACL asks a SPARQL constraint once for every node, minutes for a graph: here it judges some nodes with every check, those ours reports
before those it does not. ``python -m benchmarks.two_paths`` lets it judge all of them; docs/two-paths.md is what that printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from checked_nodes import nodes_of
from hundred_documents import hundred, hundred_and_broken
from pyoxigraph import Store
from pyshacl import validate as pyshacl_validate
from rdflib import Graph, Namespace, URIRef
from seed_graph import seed_store

from validation.check_files import Check, load_checks, run_check
from validation.findings import ReportFinding
from validation.graph import flatten, load_data
from validation.own_shapes import shapes_graph
from validation.places import Places
from validation.shacl_form import shacl_graph
from validation.shapes import run_shapes

SOME, OTHERS = 2, 1  # nodes that pySHACL judges: of those ours reports, of the rest
GRAPHS = ("seeds", "hundred")
SH = Namespace("http://www.w3.org/ns/shacl#")
FLAT = [check for check in load_checks() if check.has_shacl_form]


@cache
def both(name: str) -> tuple[Store, Graph]:
    """Return a graph for each path."""
    store = load_data(seed_store().path / "graph.nq" if name == "seeds" else hundred_and_broken())
    return store, flatten(store)


def results(report: Graph) -> set[tuple[str, ...]]:
    """Return shape, focus node, severity and component of each result of a report."""
    parts = ("sourceShape", "focusNode", "resultSeverity", "sourceConstraintComponent")
    return {tuple(str(report.value(one, SH[name])) for name in parts) for one in report.objects(None, SH.result)}


def told(findings: Iterable[ReportFinding]) -> set[tuple[str, ...]]:
    return {(f.rule, f.focus, str(SH[f.severity.capitalize()]), f.component) for f in findings}


@pytest.mark.parametrize("name", GRAPHS)
def test_core_shapes_find_the_same_on_the_whole(name: str) -> None:
    store = both(name)[0] if name == "seeds" else load_data(hundred())
    flat = both(name)[1] if name == "seeds" else flatten(store)
    ours = told(run_shapes(store, Places(store)))
    _, report, _ = pyshacl_validate(flat, shacl_graph=shapes_graph(), inference="none", advanced=False, inplace=True)
    assert ours == results(report)
    # findings in many documents
    assert len({focus.partition("/id/doc/")[2].partition("/")[0] for _, focus, *_ in ours}) >= (25 if name == "hundred" else 2)


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("check", FLAT, ids=lambda check: check.name)
def test_a_check_gives_pyshacls_verdict_on_single_nodes(check: Check, name: str) -> None:
    store, flat = both(name)
    found = run_check(check, store, Places(store))
    ours = {finding.focus for finding in found}
    assert ours or name == "seeds"  # every check is compared where it finds something
    asked = {*sorted(ours)[:SOME], *sorted(nodes_of(check, flat) - ours)[:OTHERS]}
    if asked:
        nodes = [URIRef(node) for node in asked]
        _, report, _ = pyshacl_validate(
            flat, shacl_graph=shacl_graph([check]), inference="none", advanced=False, inplace=True, focus_nodes=nodes
        )
        assert {focus for _, focus, *_ in results(report)} == ours & asked


def test_the_page_of_the_long_comparison_names_the_checks_and_none_differs() -> None:
    page = (Path(__file__).parents[1] / "docs" / "two-paths.md").read_text(encoding="utf-8")
    head, *parts = re.split(r"^## ", page, flags=re.MULTILINE)
    assert [part.partition(":")[0] for part in parts] == list(GRAPHS)
    compared = [dict(re.findall(r"^\| (\S+) \| .* \| ([^|]+) \|$", part, flags=re.MULTILINE)) for part in parts]
    assert [check.name for check in FLAT if check.name not in compared[0] and check.name not in head] == []
    assert [rule for rows in compared for rule, verdict in rows.items() if verdict not in ("equal", "")] == []
