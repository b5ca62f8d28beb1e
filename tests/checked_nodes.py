"""The nodes a check looks at, in a flattened graph."""

from __future__ import annotations

from rdflib import RDF, Graph, URIRef

from validation.check_files import Check


def nodes_of(check: Check, flat: Graph) -> set[str]:
    """Return the nodes a check looks at."""
    found: set[str] = set()
    for target in check.targets:
        name = target.removeprefix("subjects-of ")
        term = URIRef(check.prefixes[name.partition(":")[0]] + name.partition(":")[2])
        found |= {str(node) for node in (flat.subjects(term) if target != name else flat.subjects(RDF.type, term))}
    return found
