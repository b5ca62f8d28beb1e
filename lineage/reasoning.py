"""The inferred lineage: what follows from the accepted links, by the CONSTRUCT rules of ontology/rules, in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.describe.iris import LINEAGE_GRAPH
from ontology.load import lineage_rules

READ_TERMS = (
    "implements",
    "isPartOf",
    "carriesOut",
    "basedOn",
    "ledBy",
    "responsible",
    "supportedBy",
    "jointWith",
    "addressedTo",
    "counterpartOf",
)


def inferred_lineage(lines: Iterable[str]) -> list[str]:
    """Return the sorted N-Quads lines of the graph inferred/lineage, given all other lines of the dataset.

    Only the triples the rules read are loaded; each rule stands alone (a test holds their result equal to the owlrl closure).
    """
    from pyoxigraph import QueryTriples, RdfFormat, Store

    wanted = tuple(f"ns#{term}>" for term in READ_TERMS)
    store = Store()
    data = "\n".join(line for line in lines if any(term in line for term in wanted))
    store.bulk_load(data.encode(), format=RdfFormat.N_QUADS)
    found: set[str] = set()
    for path in lineage_rules():
        triples = store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        assert isinstance(triples, QueryTriples), f"{path.name} is no CONSTRUCT"
        found.update(f"{t.subject} {t.predicate} {t.object} <{LINEAGE_GRAPH}> ." for t in triples)
    return sorted(found)
