"""terms.py and the Turtle name the same things."""

from __future__ import annotations

import re
from functools import cache

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from ontology import outside
from ontology.load import LINEAGE_AXIOMS, ROOM, load_ontology, ontology_files, ontology_nquads
from ontology.terms import RULE_SCHEME, SCHEME_BASE, SCHEMES, ZM, concept, rule

GRAPH = "https://w3id.org/zhengmai/graph/ontology"


@cache
def whole() -> Graph:
    return load_ontology()


def constants(holder: type) -> dict[str, str]:
    return {name: value for name, value in vars(holder).items() if isinstance(value, str) and not name.startswith("__") and name != "NS"}


def test_every_declared_term_is_a_constant_and_the_reverse() -> None:
    declared = {str(s) for s in whole().subjects(RDF.type) if str(s).startswith(ZM.NS)}
    assert set(constants(ZM).values()) == declared


def test_every_constant_is_named_as_its_term() -> None:
    assert all(value == ZM.NS + name for name, value in constants(ZM).items())


def test_every_term_used_is_declared() -> None:
    used = {str(term) for triple in whole() for term in triple if isinstance(term, URIRef) and term.startswith(ZM.NS)}
    assert used == set(constants(ZM).values())


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_the_codes_of_a_scheme_are_those_of_its_file(scheme: str) -> None:
    iri = RULE_SCHEME if scheme == "rule" else SCHEME_BASE + scheme
    graph = Graph().parse(ROOM / "schemes" / f"{scheme}.ttl", format="turtle")
    codes = {str(c): str(graph.value(c, SKOS.notation)) for c in graph.subjects(SKOS.inScheme, URIRef(iri))}
    assert codes == {concept(scheme, code): code for code in SCHEMES[scheme]}


def test_every_scheme_file_is_in_terms_and_the_reverse() -> None:
    assert {path.stem for path in (ROOM / "schemes").glob("*.ttl")} == set(SCHEMES)


def test_codes_are_those_that_outside_tools_rely_on() -> None:
    assert SCHEMES["role"] == ("lead", "responsible", "supporting", "joint", "publishing", "addressee")
    assert SCHEMES["relation-type"] == ("verbatim", "adapted", "narrowed", "extended", "merged", "exceptionDropped")
    assert SCHEMES["structure"] == ("one-to-one", "split", "joined", "moved", "repeated")
    assert SCHEMES["status"] == ("accepted", "proposed", "rejected")
    assert SCHEMES["decided-by"] == ("rule", "person", "two-persons", "adjudicated")
    assert SCHEMES["severity"] == ("violation", "warning", "info")
    assert len(SCHEMES["deadline-kind"]) == 15


def test_concepts_and_rules_have_the_iris_of_the_model() -> None:
    assert concept("deadline-kind", "fixed-date") == "https://w3id.org/zhengmai/scheme/deadline-kind/fixed-date"
    assert rule("merged-cell-down") == "https://w3id.org/zhengmai/rule/merged-cell-down"


@pytest.mark.parametrize("scheme, code", [("role", "support"), ("roles", "lead"), ("rule", "strip-at-noise")])
def test_an_unknown_code_stops_at_once(scheme: str, code: str) -> None:
    with pytest.raises(KeyError):
        concept(scheme, code)


def test_levels_stand_one_under_another() -> None:
    up = {str(s): str(o) for s, o in whole().subject_objects(SKOS.broader)}
    chain = ["township", "county", "city", "provincial", "national"]
    assert up == {concept("level", low): concept("level", high) for low, high in zip(chain, chain[1:], strict=False)}


def test_only_the_rule_that_brings_in_a_statute_is_off() -> None:
    off = {str(s) for s in whole().subjects(URIRef(ZM.enabledByDefault), Literal(False))}
    assert off == {rule("statutory-trigger")}


def test_a_generic_actor_is_no_organisation_and_a_task_no_activity() -> None:
    graph = whole()
    assert set(graph.objects(URIRef(ZM.GenericActor), RDFS.subClassOf)) == {URIRef(ZM.Actor)}
    assert set(graph.objects(URIRef(ZM.GenericActor), OWL.disjointWith)) == {URIRef(ZM.Authority), URIRef(ZM.Department)}
    assert set(graph.objects(URIRef(ZM.Task), RDFS.subClassOf)) == {URIRef(outside.PROV.Plan)}
    assert set(graph.objects(URIRef(ZM.hasFunction), RDFS.subPropertyOf)) == set()


def test_a_concluded_basis_is_kept_apart_from_a_stated_one() -> None:
    graph = whole()
    assert set(graph.subjects(RDFS.subPropertyOf, URIRef(ZM.hasBasis))) == {URIRef(ZM.carriesOut), URIRef(ZM.basedOn)}


def test_the_deprecated_eli_property_is_not_used() -> None:
    assert "eli:implements " not in "".join(path.read_text(encoding="utf-8") for path in ontology_files() if path.name != "zm-align.ttl")
    assert outside.ELI.NS + "implements" not in {str(o) for o in whole().objects()}


def test_quads_are_sorted_whole_and_without_blank_nodes() -> None:
    from pyoxigraph import RdfFormat, parse

    lines = ontology_nquads(GRAPH)
    assert lines == sorted(set(lines))
    assert all(line.endswith(f" <{GRAPH}> .") and "_:" not in line for line in lines)
    assert len(list(parse("\n".join(lines), format=RdfFormat.N_QUADS))) == len(lines)
    lineage = Graph().parse(LINEAGE_AXIOMS, format="turtle")
    assert len(lines) == len(whole()) - len(lineage)
    assert '<https://w3id.org/zhengmai/ns#Task> <http://www.w3.org/2004/02/skos/core#prefLabel> "任务"@zh <' + GRAPH + "> ." in lines


def test_outside_terms_are_spelt_under_their_namespace() -> None:
    holders = [value for value in vars(outside).values() if isinstance(value, type)]
    assert len(holders) == 14
    for holder in holders:
        assert re.match(r"https?://\S+[#/]$", vars(holder)["NS"])
        assert all(value == vars(holder)["NS"] + name for name, value in constants(holder).items())
