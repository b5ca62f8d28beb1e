"""The ontology as files, as a graph for notebooks and validation, and as N-Quads for the built snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

ROOM = Path(__file__).resolve().parent
LINEAGE_AXIOMS = ROOM / "zm-lineage.ttl"
RULES = ROOM / "rules"
SHAPES = ROOM / "shapes"


def ontology_files() -> tuple[Path, ...]:
    """Return the vocabulary and every concept scheme, sorted by path; shapes and rules are not among them."""
    return tuple(sorted([*ROOM.glob("*.ttl"), *(ROOM / "schemes").glob("*.ttl")]))


def lineage_rules() -> tuple[Path, ...]:
    """Return the CONSTRUCT queries that fill the graph ``inferred/lineage``; each stands alone, so any order will do."""
    return tuple(sorted(RULES.glob("*.rq")))


def load_ontology() -> Graph:
    """Return the whole ontology as one graph, chain axioms included."""
    from rdflib import Graph  # 0.3 s to import, and the hot path does without

    graph = Graph()
    for path in ontology_files():
        graph.parse(path, format="turtle")
    return graph


def ontology_nquads(graph_iri: str) -> list[str]:
    """Return the ontology as sorted N-Quads lines in the graph named, without line ends.

    The chain axioms are left out: their lists are blank nodes, which built data never has, and nothing reads them at run time.
    """
    from pyoxigraph import RdfFormat, parse

    files = (path for path in ontology_files() if path != LINEAGE_AXIOMS)
    triples = {triple for path in files for triple in parse(path=path, format=RdfFormat.TURTLE)}
    return sorted(f"{triple.subject} {triple.predicate} {triple.object} <{graph_iri}> ." for triple in triples)
