"""JSON-LD：按文件编排的树形文档，配公开的 context.jsonld · documents as trees, framed, with the published context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

from ontology.terms import RDF, ZM
from zhengmai.exports._graph import SharedGraph
from zhengmai.settings import BASE_IRI

CONTEXT = Path(__file__).resolve().parent / "context.jsonld"
# What is drawn into its holder (the property points from the part to the whole) or stands inside it.
_INSIDE = (ZM.isPartOf, ZM.taskOf, ZM.participatesIn)
_NAMES = {ZM.isPartOf: "parts", ZM.taskOf: "tasks", ZM.participatesIn: "participations"}
_NS = BASE_IRI + "ns#"
SAID = (
    "JSON-LD 不分命名图，内容与 ttl 相同。",
    "JSON-LD here has no named graphs: it says what ttl says.",
)


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write every thing once: parts, tasks and participations inside what holds them, everything else on the top, sorted by IRI."""
    subjects: dict[str, dict[str, list[Any]]] = {}
    inside: dict[str, list[tuple[str, str]]] = {}
    held: set[str] = set()
    from pyoxigraph import RdfFormat, parse

    triples: Any = parse("\n".join(sorted({f"{line[: line.rindex(' <')]} ." for line in graph.lines})).encode(), format=RdfFormat.N_TRIPLES)
    for triple in triples:
        subject, predicate = triple.subject.value, triple.predicate.value
        subjects.setdefault(subject, {}).setdefault(predicate, []).append(triple.object)
    for subject, facts in subjects.items():
        for predicate in _INSIDE:
            holders = facts.get(predicate, [])
            if len(holders) == 1 and holders[0].value in subjects and subject not in held:
                inside.setdefault(holders[0].value, []).append((predicate, subject))
                held.add(subject)

    def tree(subject: str, without: str = "") -> dict[str, Any]:
        node: dict[str, Any] = {"id": subject}
        for predicate, values in sorted(subjects[subject].items()):
            if predicate != without:
                shown = [_value(value) for value in values]
                name = "type" if predicate == RDF.type else _TERMS.get(predicate, predicate)
                node[name] = [value["id"] for value in shown] if predicate == RDF.type else shown[0] if len(shown) == 1 else shown
        for predicate, part in sorted(inside.get(subject, ())):
            node.setdefault(_NAMES[predicate], []).append(tree(part, predicate))
        return node

    context = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    said = {"@context": context, "@graph": [tree(subject) for subject in sorted(subjects) if subject not in held]}
    out.write((json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())


def _value(value: Any) -> Any:
    from pyoxigraph import NamedNode

    if isinstance(value, NamedNode):
        return {"id": value.value}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return value.value
    return {"@value": value.value, "@type": value.datatype.value}


def context() -> dict[str, Any]:
    """Return what ``context.jsonld`` must hold: a name for each of our properties, and those that turn a tree over."""
    names = {name: iri for name, iri in sorted(vars(ZM).items()) if isinstance(iri, str) and iri.startswith(_NS)}
    return {
        "@context": {
            "@version": 1.1,
            "id": "@id",
            "type": "@type",
            "zm": _NS,
            **names,
            **{_NAMES[iri]: {"@reverse": iri} for iri in sorted(_NAMES)},
        }
    }


_TERMS = {iri: name for name, iri in vars(ZM).items() if isinstance(iri, str) and iri.startswith(_NS)}
