"""Our ontology passes its own lint, and every rule of the lint can fail."""

from __future__ import annotations

import re
from pathlib import Path

from pyshacl import validate
from rdflib import SH, Graph

from ontology.load import SHAPES, load_ontology

LINT = SHAPES / "zm-ontology-shapes.ttl"
BAD = Path(__file__).parent / "data" / "ontology-lint-bad.ttl"

EXPECTED = {
    ("L01", "NoChineseLabel"),
    ("L02", "TwoEnglishLabels"),
    ("L03", "NoChineseDefinition"),
    ("L04", "NoEnglishDefinition"),
    ("L05", "Undefined"),
    ("L06", "withDomain"),
    ("L07", "withRange"),
    ("L08", "withInverse"),
    ("L09", "ns"),
    ("L10", "Twin"),
    ("L10", "OtherTwin"),
    ("L11", "sameWord"),
    ("L11", "sameWordAgain"),
    ("L12", "one"),
    ("L12", "two"),
    ("L13", "homeless"),
    ("L14", "misnamed"),
    ("L15", "adrift"),
    ("L16", "ns"),
    ("L17", "ns"),
    ("L18", "ns"),
    ("L19", "ns"),
    ("L20", "ns"),
    ("L21", "neverDeclared"),
}


def broken_rules(data: Graph, *, check_shapes: bool = False) -> set[tuple[str, str]]:
    """Return (rule, local name of the term) for everything the lint reports."""
    shapes = Graph().parse(LINT, format="turtle")
    _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inference="none", meta_shacl=check_shapes)
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(SH.resultMessage, unique=True):
        # a rule asked of the whole ontology names the term as its value, the others stand on the term itself
        place = SH.value if report.value(result, SH.sourceConstraint) else SH.focusNode
        term = re.split(r"[#/]", str(report.value(result, place)))[-1]
        found |= {(str(message).split()[0], term) for message in report.objects(result, SH.resultMessage)}
    return found


def test_our_ontology_breaks_no_rule() -> None:
    assert broken_rules(load_ontology(), check_shapes=True) == set()


def test_every_rule_catches_the_term_that_breaks_it_and_no_other() -> None:
    assert broken_rules(Graph().parse(BAD, format="turtle")) == EXPECTED


def test_every_rule_of_the_file_is_tried() -> None:
    written = set(re.findall(r'"(L\d\d) ', LINT.read_text(encoding="utf-8")))
    assert written == {rule for rule, _ in EXPECTED}
