"""One document and what it depends on, out of the indexed snapshot: what changed can be judged without reading everything else.

The part of the graph that can bear on a document: its own graphs and those of its pairs, the documents these speak of, and of the graphs
that are about everything (lineage, reference, coverage …) what is said of the nodes met there, and of its own nodes by others.
A test holds the findings equal to those of a run over the whole graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validation.findings import ReportFinding
from validation.graph import PROVENANCE, SOURCE_LINKS
from validation.runner import validate_store
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Store

ID, GRAPH = f"{BASE_IRI}id/", f"{BASE_IRI}graph/"
ONTOLOGY = f"{GRAPH}ontology"
OF = re.compile(rf"{re.escape(ID)}(?:doc|source)/([^/]+)(?:/|$)")
PAIR = re.compile(rf"{re.escape(GRAPH)}alignment/(.+)--(.+)$")
MOST = 400  # documents a document may speak of before the whole graph is quicker


def load_document(indexed: Store, slug: str) -> Store | None:
    """Return a memory store with what bears on a document; None where the whole graph has to be read.

    :param indexed: The whole graph, as zhengmai.store opens it on disk.
    """
    from pyoxigraph import NamedNode, Store

    graphs = [name for name in indexed.named_graphs() if isinstance(name, NamedNode)]
    own = [name for name in graphs if _is_of(name.value, slug)]
    if not own:
        return None  # its graphs have other names: made elsewhere
    store = Store()
    store.bulk_extend(_judged(quad for name in own for quad in indexed.quads_for_pattern(None, None, None, name)))
    others = sorted({other for quad in store for other in _documents(quad)} - {slug, "cited"})
    if len(others) > MOST:
        return None
    beside = [NamedNode(f"{GRAPH}doc/{other}/{kind}") for other in others for kind in ("asserted", "inferred", "findings", "provenance")]
    store.bulk_extend(
        _judged(quad for name in (*beside, NamedNode(ONTOLOGY)) for quad in indexed.quads_for_pattern(None, None, None, name))
    )
    everywhere = [name for name in graphs if not _is_of_documents(name.value) and name.value != ONTOLOGY]
    _add_shared(store, indexed, everywhere, slug)
    return store


def validate_document(indexed: Store, slug: str) -> tuple[tuple[ReportFinding, ...], Store] | None:
    """Return what should be looked at in one document, and the store it was judged in; None as load_document."""
    store = load_document(indexed, slug)
    return None if store is None else (validate_store(store, document=slug), store)


def _add_shared(store: Store, indexed: Store, graphs: Iterable[NamedNode], slug: str) -> None:
    """Add what graphs about everything say of the nodes met so far, of the nodes that speak of the document's own, and a step on."""
    from pyoxigraph import NamedNode

    known: set[str] = set()
    waiting = {node.value for quad in store for node in (quad.subject, quad.object) if isinstance(node, NamedNode)}
    inside = {iri for iri in waiting if _is_inside(iri, slug)}
    waiting |= {
        quad.subject.value
        for name in graphs
        for iri in sorted(inside)
        for quad in indexed.quads_for_pattern(None, None, NamedNode(iri), name)
        if isinstance(quad.subject, NamedNode)
    }
    for _ in range(3):  # a department, its authority, the authority above
        fresh = sorted(iri for iri in waiting - known if iri.startswith(ID))
        known |= waiting
        added = [quad for iri in fresh for name in graphs for quad in indexed.quads_for_pattern(NamedNode(iri), None, None, name)]
        store.extend(added)
        waiting = {quad.object.value for quad in added if isinstance(quad.object, NamedNode)}


def _judged(quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "")
        if not graph.endswith(PROVENANCE) or quad.predicate.value in SOURCE_LINKS:
            yield quad


def _documents(quad: Quad) -> list[str]:
    return [found[1] for node in (quad.subject, quad.object) if (found := OF.match(getattr(node, "value", "")))]


def _is_inside(iri: str, slug: str) -> bool:
    found = OF.match(iri)
    return found is not None and found[1] == slug


def _is_of(graph: str, slug: str) -> bool:
    pair = PAIR.match(graph)
    return graph.startswith(f"{GRAPH}doc/{slug}/") or (pair is not None and slug in pair.groups())


def _is_of_documents(graph: str) -> bool:
    return graph.startswith((f"{GRAPH}doc/", f"{GRAPH}alignment/"))
