"""The CONSTRUCT rules say what the OWL axioms say: no more, no less."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from ontology.load import lineage_rules, load_ontology
from ontology.terms import ZM

SMALL = Path(__file__).parent / "data" / "lineage-small.ttl"
ID = "https://w3id.org/zhengmai/id/"
INFERRED = {ZM.contributesTo, ZM.tracesTo, ZM.hasBasis, ZM.involves, ZM.counterpartOf}
AXIOMS = {RDFS.subPropertyOf, OWL.propertyChainAxiom, RDF.first, RDF.rest}

Triple = tuple[str, str, str]

# what a reader works out from the file by hand
UNITS = ["doc/upper/sentence/2.1.s1", "doc/upper/clause/2.1", "doc/upper/section/2", "doc/upper"]
BASES = ["doc/cited/opinion", "doc/cited/law", "doc/cited/decision"]
BY_HAND: set[Triple] = {
    *(("doc/lower/task/1", "contributesTo", unit) for unit in UNITS),
    *(("doc/lower/task/1", "tracesTo", unit) for unit in UNITS + BASES),
    ("doc/upper", "hasBasis", "doc/cited/opinion"),
    ("doc/upper", "hasBasis", "doc/cited/law"),
    ("doc/cited/opinion", "hasBasis", "doc/cited/decision"),
    ("doc/lower/task/1", "involves", "org/lower/dept/legal"),
    ("doc/lower/task/1", "involves", "org/lower/dept/office"),
    ("doc/lower/task/2", "involves", "org/lower/dept/legal"),
    ("doc/lower/task/2", "involves", "actor/lower/others"),
    ("doc/lower/task/2", "involves", "actor/lower/all-levels"),
    ("org/upper/dept/legal", "counterpartOf", "org/lower/dept/legal"),
}


def short(graph: Graph) -> set[Triple]:
    """Return the triples of the inferred properties, without the base of their IRIs."""
    return {(str(s).removeprefix(ID), str(p).removeprefix(ZM.NS), str(o).removeprefix(ID)) for s, p, o in graph if str(p) in INFERRED}


@cache
def constructed() -> frozenset[Triple]:
    """Return what the rules add to the small graph, run in the engine that builds use."""
    from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store

    store = Store()
    store.load(path=SMALL, format=RdfFormat.TURTLE, to_graph=NamedNode("https://w3id.org/zhengmai/graph/doc/small/asserted"))
    triples: set[Triple] = set()
    for path in lineage_rules():
        answer = store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        assert isinstance(answer, QueryTriples)
        triples |= {(str(t.subject)[1:-1], str(t.predicate)[1:-1], str(t.object)[1:-1]) for t in answer}
    return frozenset((s.removeprefix(ID), p.removeprefix(ZM.NS), o.removeprefix(ID)) for s, p, o in triples)


@cache
def closed() -> frozenset[Triple]:
    """Return what an OWL RL reasoner adds by the axioms of the lineage properties (the rest would only cost time)."""
    from owlrl import DeductiveClosure, OWLRL_Semantics

    given = Graph().parse(SMALL, format="turtle")
    work = Graph()
    for triple in given:
        work.add(triple)
    for s, p, o in load_ontology():
        if p in AXIOMS or (p == RDF.type and o == OWL.SymmetricProperty):
            work.add((s, p, o))
    DeductiveClosure(OWLRL_Semantics).expand(work)
    return frozenset(short(work) - short(given))


def test_the_rules_give_what_a_reader_works_out() -> None:
    assert constructed() == BY_HAND


def test_the_rules_give_what_the_axioms_mean() -> None:
    assert constructed() == closed()


@pytest.mark.parametrize(
    "near_miss",
    [
        ("doc/lower/task/1", "contributesTo", "doc/upper/sentence/2.1.s2"),  # a sentence beside it in the same clause
        ("doc/lower/task/1", "contributesTo", "doc/upper/clause/2.2"),  # another clause of the same section
        ("doc/lower/task/1", "contributesTo", "doc/cited/opinion"),  # a basis is traced to, not contributed to
        ("doc/lower/task/1", "tracesTo", "doc/lower"),  # its own table
        ("doc/lower/task/1", "tracesTo", "doc/cited/reform"),  # only mentioned
        ("doc/lower/task/2", "contributesTo", "doc/upper/clause/2.2"),  # an equal heading is no implementation
        ("doc/lower/task/2", "tracesTo", "doc/upper"),  # a concluded basis of the table is not the task's
        ("doc/lower", "hasBasis", "doc/upper"),  # concluded, not stated
        ("doc/upper", "hasBasis", "doc/cited/decision"),  # the basis of a basis is reached by tracesTo only
        ("org/upper", "counterpartOf", "org/lower"),  # leadership is no counterpart
    ],
)
def test_what_must_not_follow_does_not(near_miss: Triple) -> None:
    assert near_miss not in constructed() | closed()


def test_running_the_rules_on_their_own_result_adds_nothing() -> None:
    graph = Graph().parse(SMALL, format="turtle")
    for s, p, o in constructed():
        graph.add((URIRef(ID + s), URIRef(ZM.NS + p), URIRef(ID + o)))
    before = len(graph)
    for path in lineage_rules():
        for triple in graph.query(path.read_text(encoding="utf-8")):
            graph.add(triple)  # type: ignore[arg-type]
    assert len(graph) == before


@pytest.mark.parametrize("path", lineage_rules(), ids=lambda path: path.stem)
def test_every_rule_says_in_both_languages_what_it_does(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in lines if line.startswith("#+")))
    assert set(header) == {"title", "summary", "version"}
    assert header["version"] == 1
    for text in (header["title"], header["summary"]):
        assert set(text) == {"zh", "en"} and all(text.values())


def test_the_rules_fill_every_inferred_property() -> None:
    assert {ZM.NS + p for _, p, _ in constructed()} == INFERRED
