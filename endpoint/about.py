"""What the graph says of one IRI, whether it has a graph of some name, and the ontology: as a worker finds it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from endpoint.source import Graph
from zhengmai.settings import BASE_IRI
from zhengmai.store import OpenStore

_QUERIES = Path(__file__).with_name("things")


@dataclass(frozen=True, slots=True)
class Way:
    """One statement about a thing: the property with its names, and what stands at the other end (an IRI of ours has a path)."""

    property: str
    zh: str
    en: str
    other: str
    label: str
    is_iri: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """What the graph says of one IRI. ``quotes`` are places with the words that stand there."""

    iri: str
    out: tuple[Way, ...]
    into: tuple[Way, ...]
    quotes: tuple[tuple[str, str], ...]


def look(graph: Graph, candidates: tuple[str, ...]) -> Thing | None:
    """Return what is said of the first of some IRIs that is known; None when none is. Run in a worker."""
    from pyoxigraph import NamedNode

    from queries.bind import bind
    from queries.ids import place_code, place_words
    from queries.run import masked_words
    from zhengmai.masking import mask_words

    def ask(name: str, thing: NamedNode):  # type: ignore[no-untyped-def]
        return graph.query(bind((_QUERIES / f"{name}.rq").read_text(encoding="utf-8"), {"thing": thing}))

    hidden: tuple[str, ...] | None = None

    def ways(name: str, thing: NamedNode) -> tuple[Way, ...]:
        found: dict[tuple[str, str], Way] = {}
        for row in ask(name, thing):
            key = (row["p"].value, str(row["other"]))
            if key in found:
                continue
            zh, en = (row[lang].value if row[lang] else local(row["p"].value) for lang in ("zh", "en"))
            label = mask_words(row["label"].value, hidden or ()) if row["label"] else ""
            is_iri = isinstance(row["other"], NamedNode)
            other = row["other"].value if is_iri else mask_words(row["other"].value, hidden or ())
            found[key] = Way(row["p"].value, zh, en, other, label, is_iri)
        return tuple(found.values())

    for iri in candidates:
        try:
            thing = NamedNode(iri)
        except ValueError:
            continue
        hidden = masked_words(graph)
        out, into = ways("outgoing", thing), ways("incoming", thing)
        if out or into:
            said = [
                (place_words(place_code(row["place"].value), "zh"), mask_words(row["words"].value, hidden)) for row in ask("quotes", thing)
            ]
            return Thing(iri, out, into, tuple(dict.fromkeys(said)))
    return None


def holds(graph: Graph, name: str) -> bool:
    """Say whether there is such a graph, which may be empty. Run in a worker."""
    from pyoxigraph import NamedNode

    if isinstance(graph, OpenStore):
        return graph.store.contains_named_graph(NamedNode(name))
    from queries.bind import bind

    return bool(graph.query(bind((_QUERIES / "holds.rq").read_text(encoding="utf-8"), {"graph": NamedNode(name)}), union=False))


def ontology_rdf(_: Graph, media_type: str) -> bytes:
    """Return the ontology's triples. Run in a worker."""
    from pyoxigraph import RdfFormat, parse, serialize

    from endpoint.describe import PREFIXES
    from endpoint.formats import writer
    from ontology.load import ontology_files

    prefixes = {**PREFIXES, "zm": f"{BASE_IRI}ns#", "owl": "http://www.w3.org/2002/07/owl#", "skos": "http://www.w3.org/2004/02/skos/core#"}
    triples = [triple for path in ontology_files() for triple in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)]
    return serialize(triples, format=writer(media_type, graph=True), prefixes=prefixes) or b""


def local(iri: str) -> str:
    """Return the end of an IRI, as people see it."""
    return iri.removeprefix(BASE_IRI) if iri.startswith(BASE_IRI) else iri.replace("#", "/").rstrip("/").rpartition("/")[2]
