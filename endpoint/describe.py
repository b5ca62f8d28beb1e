"""What this service can do, and what the graph holds, as RDF: the Service Description, and VoID with DCAT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from endpoint.formats import writer
from endpoint.source import Graph
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "formats": "http://www.w3.org/ns/formats/",
    "prov": "http://www.w3.org/ns/prov#",
}
_WRITTEN = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "TriG", "N-Quads", "JSON-LD",
)  # fmt: skip
_COUNTS = Path(__file__).with_name("counts")


@dataclass(frozen=True, slots=True)
class Counted:
    """How much a graph holds. ``graphs``, ``classes`` and ``properties`` are IRIs with their triples or instances, sorted."""

    triples: int
    subjects: int
    objects: int
    entities: int
    graphs: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]


def graph_names(graph: Graph) -> tuple[str, ...]:
    """Return the names of the graphs there are, sorted. Run in a worker."""
    return tuple(sorted(row["g"].value for row in graph.query((_COUNTS / "graphs.rq").read_text(encoding="utf-8"))))


def count(graph: Graph) -> Counted:
    """Count what a graph holds. Run in a worker."""
    space = f"{BASE_IRI}id/"

    def ask(name: str) -> Any:
        return graph.query((_COUNTS / f"{name}.rq").read_text(encoding="utf-8").replace("ID_SPACE", space))

    def number(name: str) -> int:
        return int(next(iter(ask(name)))["n"].value)

    def table(name: str) -> tuple[tuple[str, int], ...]:
        return tuple(sorted((row["x"].value, int(row["n"].value)) for row in ask(name) if row["x"] is not None))

    return Counted(
        number("triples"),
        number("subjects"),
        number("objects"),
        number("entities"),
        table("triples-by-graph"),
        table("classes"),
        table("properties"),
    )


def describe_service(origin: str, graphs: tuple[str, ...], media_type: str, *, union: bool, federated: bool, writable: bool) -> bytes:
    """Return the description of the service at ``origin`` whose named graphs are ``graphs``; only what is on is claimed.

    :raises ValueError: when the origin makes no IRI.
    """
    from pyoxigraph import Literal, NamedNode

    say = _Say()
    address = f"{origin}/sparql"
    service, dataset, default = NamedNode(f"{address}#service"), NamedNode(f"{address}#dataset"), NamedNode(f"{address}#default-graph")
    say(service, "rdf:type", "sd:Service")
    say(service, "sd:endpoint", NamedNode(address))
    say(service, "sd:supportedLanguage", "sd:SPARQL11Query")
    for on, feature in ((union, "sd:UnionDefaultGraph"), (federated, "sd:BasicFederatedQuery")):
        if on:
            say(service, "sd:feature", feature)
    if writable:
        say(service, "sd:supportedLanguage", "sd:SPARQL11Update")
    for name in _WRITTEN:
        say(service, "sd:resultFormat", f"formats:{name}")
    say(service, "sd:defaultDataset", dataset)
    say(dataset, "rdf:type", "sd:Dataset")
    say(dataset, "sd:defaultGraph", default)
    say(default, "rdf:type", "sd:Graph")
    say(default, "dcterms:description", Literal("the union of all graphs" if union else "the graph without a name", language="en"))
    for iri in graphs:
        named = NamedNode(f"{address}#graph-{iri.encode().hex()}")
        say(dataset, "sd:namedGraph", named)
        say(named, "rdf:type", "sd:NamedGraph")
        say(named, "sd:name", NamedNode(iri))
    return say.written(media_type)


def describe_data(origin: str, counted: Counted, version: str, about: Mapping[str, str], media_type: str) -> bytes:
    """Return VoID and DCAT about the graph served at ``origin``.

    :raises ValueError: when the origin makes no IRI.
    """
    from pyoxigraph import Literal, NamedNode

    say = _Say()
    here = f"{origin}/.well-known/void"
    dataset, service, dump = NamedNode(f"{here}#dataset"), NamedNode(f"{here}#service"), NamedNode(f"{here}#dump")
    for kind in ("void:Dataset", "dcat:Dataset"):
        say(dataset, "rdf:type", kind)
    say(dataset, "dcterms:title", Literal("政脉：政策落实脉络", language="zh"))
    say(dataset, "dcterms:title", Literal("zhengmai: how policy is carried out", language="en"))
    say(dataset, "dcterms:description", Literal("政策条款与地方任务的文本对应，附双方引文。", language="zh"))
    say(dataset, "dcterms:hasVersion", Literal(version))
    for name, value in about.items():  # dcterms:license, dcterms:modified …
        say(dataset, name, NamedNode(value) if "://" in value else Literal(value))
    say(dataset, "foaf:homepage", NamedNode(f"{origin}/"))
    say(dataset, "void:sparqlEndpoint", NamedNode(f"{origin}/sparql"))
    say(dataset, "void:dataDump", NamedNode(f"{origin}/graphs"))
    say(dataset, "void:uriSpace", Literal(f"{BASE_IRI}id/"))
    for namespace in (
        f"{BASE_IRI}ns#",
        PREFIXES["prov"],
        PREFIXES["dcterms"],
        "http://www.w3.org/ns/org#",
        "http://www.w3.org/2004/02/skos/core#",
    ):
        say(dataset, "void:vocabulary", NamedNode(namespace))
    for name, number in (
        ("triples", counted.triples),
        ("entities", counted.entities),
        ("distinctSubjects", counted.subjects),
        ("distinctObjects", counted.objects),
        ("classes", len(counted.classes)),
        ("properties", len(counted.properties)),
    ):
        say(dataset, f"void:{name}", Literal(number))
    for table, partition, key, amount in (
        (counted.classes, "classPartition", "class", "entities"),
        (counted.properties, "propertyPartition", "property", "triples"),
    ):
        for iri, number in table:
            part = NamedNode(f"{here}#{key}-{iri.encode().hex()}")
            say(dataset, f"void:{partition}", part)
            say(part, f"void:{key}", NamedNode(iri))
            say(part, f"void:{amount}", Literal(number))
    for iri, number in counted.graphs:
        part = NamedNode(f"{here}#graph-{iri.encode().hex()}")
        say(dataset, "void:subset", part)
        say(part, "rdf:type", "void:Dataset")
        say(part, "sd:name", NamedNode(iri))
        say(part, "void:triples", Literal(number))
    say(dataset, "dcat:distribution", dump)
    say(dump, "rdf:type", "dcat:Distribution")
    say(dump, "dcat:downloadURL", NamedNode(f"{origin}/graphs"))
    say(dump, "dcat:mediaType", NamedNode("https://www.iana.org/assignments/media-types/application/n-quads"))
    say(service, "rdf:type", "dcat:DataService")
    say(service, "dcat:endpointURL", NamedNode(f"{origin}/sparql"))
    say(service, "dcat:endpointDescription", NamedNode(f"{origin}/openapi.json"))
    say(service, "dcat:servesDataset", dataset)
    say(service, "dcterms:conformsTo", NamedNode("http://www.w3.org/TR/sparql11-protocol/"))
    return say.written(media_type)


class _Say:
    """Collects triples; terms may be written with the prefixes above."""

    def __init__(self) -> None:
        self._triples: list[Triple] = []

    def __call__(self, subject: NamedNode, predicate: str, value: NamedNode | Literal | str) -> None:
        from pyoxigraph import Triple

        self._triples.append(Triple(subject, _node(predicate), _node(value) if isinstance(value, str) else value))

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

    def written(self, media_type: str) -> bytes:
        from pyoxigraph import serialize

        return serialize(self._triples, format=writer(media_type, graph=True), prefixes=PREFIXES) or b""


def _node(name: str) -> NamedNode:
    from pyoxigraph import NamedNode

    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
