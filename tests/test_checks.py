"""Each check sees the one fault it is for, and as a SHACL constraint it sees the same nodes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, Graph, Namespace, URIRef
from shape_fixtures import BASE, broken, fired_by_checks, good_quads, stored, together

from ontology.terms import ZM
from validation.check_files import Check, load_checks, read_check, run_check
from validation.findings import ReportFinding
from validation.graph import flatten, load_data
from validation.own_shapes import shapes_graph
from validation.places import Places
from validation.shacl_form import shacl_graph
from zhengmai.errors import BadConfiguration

INFERRED = "https://w3id.org/zhengmai/graph/doc/low/inferred"
SH = Namespace("http://www.w3.org/ns/shacl#")
FLAT = [check for check in load_checks() if check.has_shacl_form]


def results(findings: list[ReportFinding]) -> set[tuple[str, str, str]]:
    """Return focus node, path and value of each finding."""
    return {(f.focus, f.path, "" if f.value == f.focus else f.value) for f in findings}


def reported(report: Graph) -> set[tuple[str, str, str]]:
    """Return focus node, path and value of each result of pySHACL."""
    found = set()
    for one in report.objects(None, SH.result):
        focus, path, value = (report.value(one, part) for part in (SH.focusNode, SH.resultPath, SH.value))
        found.add((str(focus), str(path or ""), "" if value is None or value == focus else str(value)))
    return found


def inferred_quads(explained: bool) -> str:
    """Return a due date and a duty holder in an inferred graph, with or without the inferences that account for them."""
    due, task = f"<{BASE}doc/low/task/2/deadline/1>", f"<{BASE}doc/low/task/2>"
    quads = [f'{due} <{ZM.dueDate}> "2018-12-31"', f"{task} <{ZM.inGroup}> <{BASE}doc/low/group/1>"]
    for name, about, told in (("due", due, ZM.dueDate), ("group", task, ZM.inGroup)) if explained else ():
        why = f"<{BASE}inference/low/{name}>"
        quads += [f"{why} <{ZM.about}> {about}", f"{why} <{ZM.inferredProperty}> <{told}>", f"{why} <{RDF.type}> <{ZM.Inference}>"]
    return "".join(f"{quad} <{INFERRED}> .\n" for quad in quads)


def inferred_alone(store: Store) -> Graph:
    """Return the inferred graph of a document as one graph."""
    alone = Store()
    alone.extend(Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, NamedNode(INFERRED)))
    return flatten(alone)


@pytest.mark.parametrize("check", FLAT, ids=lambda check: check.name)
def test_a_check_sees_its_fault_and_only_the_other_side_of_it_does(check: Check) -> None:
    assert fired_by_checks(broken(check.name)) == together(check.name)


def test_the_good_graph_passes_every_check() -> None:
    assert fired_by_checks(stored(good_quads())) == set()


@pytest.mark.parametrize("check", FLAT, ids=lambda check: check.name)
@pytest.mark.parametrize("fault", [True, False], ids=["bad", "good"])
def test_the_shacl_form_finds_the_same_nodes(check: Check, fault: bool) -> None:
    store = broken(check.name) if fault else stored(good_quads())
    ours = results(run_check(check, store, Places(store)))
    _, report, text = pyshacl_validate(flatten(store), shacl_graph=shacl_graph([check]), inference="none", advanced=False)
    assert reported(report) == ours, text
    assert bool(ours) is fault
    assert {str(level) for level in report.objects(None, SH.resultSeverity)} == ({str(SH[check.severity.capitalize()])} if fault else set())


def test_all_checks_together_are_shacl() -> None:
    conforms, _, text = pyshacl_validate(flatten(Store()), shacl_graph=shacl_graph(FLAT), meta_shacl=True, max_validation_depth=30)
    assert conforms, text


@pytest.mark.parametrize("explained", [False, True], ids=["bad", "good"])
def test_the_check_of_inferred_graphs_finds_in_each_graph_alone_what_pyshacl_finds_there(explained: bool, tmp_path: Path) -> None:
    """SHACL sees one graph: pySHACL gets the inferred graph of a document alone, and the check without its GRAPH clauses."""
    asked = next(check for check in load_checks() if check.name == "V14-inferred")
    (tmp_path / "graph.nq").write_text(inferred_quads(explained), encoding="utf-8")
    store = load_data(tmp_path / "graph.nq")
    nodes = {quad.subject.value for quad in store.quads_for_pattern(None, None, None, NamedNode(INFERRED))}
    plain = re.sub(r"\n  \{\n    SELECT \?graph.*?\n  \}(?=\n  GRAPH)", "", asked.select, flags=re.DOTALL).replace("GRAPH ?graph {", "{")
    assert "?graph" not in plain
    shapes = shacl_graph([replace(asked, select=plain, has_shacl_form=True)])
    for node in nodes:
        shapes.add((URIRef(asked.shape), SH.targetNode, URIRef(node)))
    _, report, text = pyshacl_validate(inferred_alone(store), shacl_graph=shapes, inference="none", advanced=False)
    ours = results(run_check(asked, store, Places(store)))
    assert reported(report) == ours, text
    assert bool(ours) is not explained


def test_a_value_in_an_inferred_graph_needs_its_inference(tmp_path: Path) -> None:
    asked = next(check for check in load_checks() if check.name == "V14-inferred")
    assert not asked.has_shacl_form
    graph = "<https://w3id.org/zhengmai/graph/doc/low/inferred>"
    due = f'<{BASE}doc/low/task/2/deadline/1> <{ZM.dueDate}> "2018-12-31" {graph} .\n'
    why = (
        f"<{BASE}inference/low/due> <{ZM.about}> <{BASE}doc/low/task/2/deadline/1> {graph} .\n"
        f"<{BASE}inference/low/due> <{ZM.inferredProperty}> <{ZM.dueDate}> {graph} .\n"
        f"<{BASE}inference/low/due> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{ZM.Inference}> {graph} .\n"
    )
    for text, expected in ((due, [f"{BASE}doc/low/task/2/deadline/1"]), (due + why, [])):
        (tmp_path / "graph.nq").write_text(text, encoding="utf-8")
        store = load_data(tmp_path / "graph.nq")
        assert [finding.focus for finding in run_check(asked, store, Places(store))] == expected


def test_the_groups_of_an_annexed_table_are_counted_by_themselves(tmp_path: Path) -> None:
    """Group 1 beside section 1 is no fault, a second section 1 is."""
    check = next(check for check in load_checks() if check.name == "V07-unique")
    doc, text = "https://w3id.org/zhengmai/id/doc/both", "@prefix zm: <https://w3id.org/zhengmai/ns#> .\n"
    text += f'<{doc}> a zm:PolicyDocument .\n<{doc}/group/1> a zm:TaskGroup ; zm:isPartOf <{doc}> ; zm:notation "1" .\n'
    for sections, found in ((("1", "2"), []), (("1", "1-2"), [f"{doc}/section/1-2"])):
        parts = (f'<{doc}/section/{own}> a zm:Section ; zm:isPartOf <{doc}> ; zm:notation "{own[0]}" .' for own in sections)
        (tmp_path / "graph.ttl").write_text(text + "\n".join(parts), encoding="utf-8")
        store = load_data(tmp_path / "graph.ttl")
        assert [finding.focus for finding in run_check(check, store, Places(store))] == found


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_a_check_says_who_it_is(check: Check) -> None:
    assert check.name.startswith(f"{check.code}-")
    assert check.shape.endswith(f"#{check.name}")
    # V09 is the design's code for a warning: numbering may start again where we see no group.
    assert check.severity[0].upper() == ("W" if check.code == "V09" else check.code[0])
    assert all(text.startswith(f"{check.code} ") for text in check.texts["message"])
    assert "ORDER BY ?this" in check.select


def test_no_check_has_the_name_of_a_shape() -> None:
    shapes = {str(shape) for shape in shapes_graph().subjects()}
    assert [check.name for check in load_checks() if check.shape in shapes] == []


def test_the_message_names_people_not_iris() -> None:
    store = broken("W07-variant")
    check = next(check for check in load_checks() if check.name == "W07-variant")
    finding = run_check(check, store, Places(store))[0]
    assert finding.message_zh == "W07 “政策法规处”与“政策和法规处”疑为同一部门"
    assert finding.quote == "政策法规处"


def test_a_header_that_leaves_something_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "X.rq").write_text(
        "#+ id: X01\n#+ shape: zms:X\n#+ severity: warning\nSELECT ?this WHERE { ?this ?p ?o }\n", encoding="utf-8"
    )
    with pytest.raises(BadConfiguration, match="no target"):
        read_check(tmp_path / "X.rq")


def test_a_workspace_adds_words_to_those_a_check_looks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path))

    def asked() -> str:
        return next(check for check in load_checks() if check.name == "W09-slip").query

    (tmp_path / "rules" / "checks.yaml").write_text('stopped: [缓办, "a.b"]\n', encoding="utf-8")
    assert '"^(缓办|a\\\\.b|可以|' in asked() and "%" not in asked()
    run_check(next(check for check in load_checks() if check.name == "W09-slip"), Store(), Places(Store()))  # it is still SPARQL


def test_words_that_are_no_lists_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "checks.yaml").write_text("stopped: 缓办\n", encoding="utf-8")
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path))
    with pytest.raises(BadConfiguration, match="checks.yaml"):
        load_checks()


def test_a_header_with_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    good = (Path(__file__).parents[1] / "validation" / "checks" / "V09-number.rq").read_text(encoding="utf-8")
    (tmp_path / "X.rq").write_text(good.replace("severity: warning", "severity: fatal"), encoding="utf-8")
    with pytest.raises(BadConfiguration, match="severity fatal"):
        read_check(tmp_path / "X.rq")
