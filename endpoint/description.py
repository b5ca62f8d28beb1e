"""What this service can do, as RDF: the SPARQL 1.1 Service Description that a GET without a query gives."""

from __future__ import annotations

from collections.abc import Iterable

from endpoint.worker import formats

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_WRITTEN = "http://www.w3.org/ns/formats/"
_ROWS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "TriG", "N-Quads")


def describe_service(address: str, graphs: Iterable[str], media_type: str) -> bytes:
    """Return the description of the service at ``address`` whose named graphs are ``graphs``.

    The default graph is the union of the named ones. Neither updates nor SERVICE are claimed, since neither is there.
    """
    from pyoxigraph import NamedNode, Triple, serialize

    service, dataset, default = NamedNode(f"{address}#service"), NamedNode(f"{address}#dataset"), NamedNode(f"{address}#default-graph")

    def says(subject: NamedNode, name: str, value: NamedNode) -> Triple:
        return Triple(subject, NamedNode(name), value)

    triples = [
        says(service, _TYPE, NamedNode(_SD + "Service")),
        says(service, _SD + "endpoint", NamedNode(address)),
        says(service, _SD + "supportedLanguage", NamedNode(_SD + "SPARQL11Query")),
        says(service, _SD + "feature", NamedNode(_SD + "UnionDefaultGraph")),
        *(says(service, _SD + "resultFormat", NamedNode(_WRITTEN + name)) for name in (*_ROWS, *_GRAPHS)),
        says(service, _SD + "defaultDataset", dataset),
        says(dataset, _TYPE, NamedNode(_SD + "Dataset")),
        says(dataset, _SD + "defaultGraph", default),
        says(default, _TYPE, NamedNode(_SD + "Graph")),
    ]
    for iri in sorted(graphs):
        named = NamedNode(f"{address}#graph-{iri.encode().hex()}")
        triples += [
            says(dataset, _SD + "namedGraph", named),
            says(named, _TYPE, NamedNode(_SD + "NamedGraph")),
            says(named, _SD + "name", NamedNode(iri)),
        ]
    written = serialize(triples, format=formats()[media_type], prefixes={"sd": _SD, "formats": _WRITTEN})
    return written or b""
