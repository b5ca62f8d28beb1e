"""Each Core shape sees the one fault it is for, and nothing else does; the good graph passes."""

from __future__ import annotations

import pytest
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, Graph, Namespace, URIRef
from seed_graph import seed_store
from shape_fixtures import FOLDER, all_broken, broken, fired_by_checks, fired_by_shapes, good_quads, mutations, stored

from ontology.load import load_ontology
from validation.core_select import questions, translate
from validation.findings import ReportFinding
from validation.graph import flatten, load_data
from validation.making import SHAPES_NS
from validation.own_shapes import shapes_graph
from validation.places import Places
from validation.shapes import run_shapes, run_with_pyshacl, shape_rules

SH = Namespace("http://www.w3.org/ns/shacl#")
ZMS = Namespace(SHAPES_NS)


def shape_names() -> list[str]:
    """Every shape that says something: it has a message."""
    return sorted({str(shape).removeprefix(SHAPES_NS) for shape in shapes_graph().subjects(SH.message, None)})


@pytest.mark.parametrize("name", shape_names())
def test_a_shape_sees_its_fault_and_nothing_else_does(name: str) -> None:
    assert fired_by_shapes()[name] | fired_by_checks(broken(name)) == {name}


def test_the_good_graph_passes_every_shape() -> None:
    store = stored(good_quads())
    assert run_shapes(store, Places(store)) == []


def test_the_good_graph_passes_beside_the_whole_ontology() -> None:
    store = load_data(FOLDER / "base.ttl")
    assert run_shapes(store, Places(store)) == []


def results(findings: list[ReportFinding]) -> set[tuple[str, ...]]:
    """What the reference engine says of each result."""
    return {(f.code, f.severity, f.focus, f.path, f.value, f.rule, f.component, f.message_zh, f.message_en) for f in findings}


def test_selects_and_pyshacl_find_the_same_in_every_broken_graph() -> None:
    _, store = all_broken()
    ours, theirs = run_shapes(store, Places(store)), run_with_pyshacl(flatten(store), Places(store))
    assert results(ours) == results(theirs)
    assert len(results(ours)) >= len(shape_names())


def test_selects_and_pyshacl_find_the_same_on_the_seeds() -> None:
    store = load_data(seed_store().path / "graph.nq")
    assert results(run_shapes(store, Places(store))) == results(run_with_pyshacl(flatten(store), Places(store)))


def test_every_shape_of_ours_is_a_select_and_none_is_left_out() -> None:
    asked, left = questions()
    assert left == ()
    assert {question.shape.removeprefix(SHAPES_NS) for question in asked} == set(shape_names())


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:closed true",
        "sh:xone ( [ sh:class zm:Task ] )",
        "sh:node zm:Other",
        "sh:property [ sh:path [ sh:zeroOrMorePath zm:x ] ; sh:minCount 1 ]",
    ],
)
def test_what_we_do_not_translate_is_left_to_pyshacl_whole(constraint: str) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix zm: <https://w3id.org/zhengmai/ns#> . "
    graph = Graph().parse(
        data=f"{prefixes} zm:S a sh:NodeShape ; sh:targetClass zm:Task ; sh:nodeKind sh:IRI ; {constraint} .", format="turtle"
    )
    assert translate(graph) == ((), ("https://w3id.org/zhengmai/ns#S",))


def test_the_shapes_are_shacl() -> None:
    # meta_shacl validates the shapes graph against SHACL's own shapes.
    conforms, _, text = pyshacl_validate(Graph(), shacl_graph=shapes_graph(), meta_shacl=True, inference="none", max_validation_depth=30)
    assert conforms, text


@pytest.mark.parametrize("name", shape_names())
def test_a_shape_speaks_both_languages_under_the_code_of_its_rule(name: str) -> None:
    graph = shapes_graph()
    rule = graph.value(ZMS[name], ZMS.rule)
    code = str(rule).removeprefix(SHAPES_NS)
    messages = {text.language: str(text) for text in graph.objects(ZMS[name], SH.message)}  # type: ignore[union-attr]
    assert set(messages) == {"zh", "en"}
    assert all(text.startswith(f"{code} ") for text in messages.values())
    assert {text.language for text in graph.objects(ZMS[name], SH.name)} == {"zh", "en"} or name.startswith("V")  # type: ignore[union-attr]


def test_severity_stands_on_the_shape_and_agrees_with_the_letter_of_the_rule() -> None:
    graph = shapes_graph()
    letters = {SH.Violation: "V", SH.Warning: "W", SH.Info: "I"}
    for name in shape_names():
        severity = graph.value(ZMS[name], SH.severity) or SH.Violation
        code = str(graph.value(ZMS[name], ZMS.rule)).removeprefix(SHAPES_NS)
        assert code[0] == letters[URIRef(str(severity))], name


def test_every_rule_says_what_it_expects_and_how_to_mend_it() -> None:
    graph = shapes_graph()
    for rule in shape_rules():
        for predicate in (SH.name, SH.description, ZMS.fix):
            assert {text.language for text in graph.objects(ZMS[rule.code], predicate)} == {"zh", "en"}, rule.code  # type: ignore[union-attr]


def test_every_property_shape_belongs_to_a_class() -> None:
    graph = shapes_graph()
    named = {shape for shape in graph.subjects(RDF.type, SH.PropertyShape) if isinstance(shape, URIRef)}
    assert named == {shape for shape in graph.objects(None, SH.property) if isinstance(shape, URIRef)}


def test_codes_in_shapes_are_codes_of_the_schemes() -> None:
    base = "https://w3id.org/zhengmai/scheme/"
    known = {str(node) for node in load_ontology().subjects() if str(node).startswith(base)}
    used = {str(node) for node in shapes_graph().objects() if str(node).startswith(base)}
    assert used - known == set()


def test_a_closed_list_in_a_shape_is_the_whole_scheme() -> None:
    base = "https://w3id.org/zhengmai/scheme/"
    concepts = [str(node) for node in set(load_ontology().subjects()) if str(node).startswith(base)]
    graph = shapes_graph()
    for owner, start in graph.subject_objects(SH["in"]):
        listed = {str(item) for item in graph.items(start) if str(item).startswith(base)}  # type: ignore[arg-type]
        for scheme in {iri.removeprefix(base).partition("/")[0] for iri in listed}:
            if owner == ZMS["W08-kind"]:  # a choice of kinds, not the scheme
                continue
            assert listed == {iri for iri in concepts if iri.startswith(f"{base}{scheme}/")}, owner


def test_no_mutation_is_for_a_shape_that_is_not_there() -> None:
    from validation.check_files import load_checks

    checks = {check.name for check in load_checks()}
    assert set(mutations()) - set(shape_names()) - checks == set()
