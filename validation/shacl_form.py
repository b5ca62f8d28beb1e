"""Our checks as SHACL, for engines that know shapes but not our runner: the same text, one ``sh:sparql`` shape a check.

Severity stands on the shape: on the constraint inside it engines ignore it. pySHACL runs such a constraint once for each
focus node (3.6 s for a thousand), so ``validate`` runs the SELECT once over the whole graph instead; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from validation.check_files import Check
from validation.making import SHAPES_NS

if TYPE_CHECKING:
    from rdflib import Graph

PREFIXES = {"sh": "http://www.w3.org/ns/shacl#", "xsd": "http://www.w3.org/2001/XMLSchema#", "zms": SHAPES_NS}
SUBJECTS_OF = "subjects-of "


def shacl_turtle(checks: Iterable[Check]) -> str:
    """Return the shapes of the checks as Turtle; those that ask for named graphs are left out."""
    told = [check for check in checks if check.has_shacl_form]
    named = PREFIXES | {name: iri for check in told for name, iri in check.prefixes.items()}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(named.items()))
    return "\n".join([head, *(_shape(check) for check in told)])


def shacl_graph(checks: Iterable[Check]) -> Graph:
    """Return the shapes of the checks as a graph."""
    from rdflib import Graph

    return Graph().parse(data=shacl_turtle(checks), format="turtle")


def _shape(check: Check) -> str:
    local = check.shape.removeprefix(SHAPES_NS)
    targets = " ; ".join(_target(target) for target in check.targets)
    declared = " ,\n    ".join(f'[ sh:prefix "{name}" ; sh:namespace "{iri}"^^xsd:anyURI ]' for name, iri in sorted(check.prefixes.items()))
    select = check.select.replace("?this", "$this").replace("\\", "\\\\")
    (title_zh, title_en), (message_zh, message_en) = check.texts["title"], check.texts["message"]
    return (
        f"zms:{local} a sh:NodeShape ; {targets} ;\n"
        f"  sh:severity sh:{check.severity.capitalize()} ;\n"
        f'  sh:name "{title_zh}"@zh , "{title_en}"@en ;\n'
        f"  sh:sparql [ a sh:SPARQLConstraint ; sh:prefixes zms:{local}-prefixes ;\n"
        f'    sh:message "{message_zh}"@zh ,\n      "{message_en}"@en ;\n'
        f'    sh:select """{select}""" ] .\n'
        f"zms:{local}-prefixes sh:declare {declared} .\n"
    )


def _target(target: str) -> str:
    if target.startswith(SUBJECTS_OF):
        return f"sh:targetSubjectsOf {target.removeprefix(SUBJECTS_OF)}"
    return f"sh:targetClass {target}"
