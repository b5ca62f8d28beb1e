"""GraphML：供 Gephi、Cytoscape 打开的网络图，带标签 · a network with labels for Gephi and Cytoscape."""

from __future__ import annotations

from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from ontology.terms import DCT, ORG, SKOS, SSSOM, ZM
from queries.edges import Edges
from queries.ids import code, full_id
from zhengmai.exports._classes import over_a_level
from zhengmai.exports._graph import SharedGraph

NODES = ("PolicyDocument", "Section", "Clause", "Item", "Sentence", "TaskGroup", "Task", "Authority", "Department", "GenericActor")
LINKS = {
    ZM.isPartOf: "part-of", ZM.taskOf: "task-of", ZM.inGroup: "in-group", ZM.ledBy: "lead", ZM.responsible: "responsible",
    ZM.supportedBy: "supporting", ZM.jointWith: "joint", ZM.addressedTo: "addressee", ZM.carriesOut: "carries-out", ZM.basedOn: "based-on",
    ZM.concludedBasis: "concluded-basis", ZM.counterpartOf: "counterpart", ORG.unitOf: "unit-of",
}  # fmt: skip
SAID = (
    "GraphML 只含文件、条文、任务、主体及其关系；全部内容见 nq、trig。",
    "GraphML holds documents, provisions, tasks, actors and what ties them; nq and trig hold everything.",
)
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="document" for="node" attr.name="document" attr.type="string"/>
<key id="text" for="node" attr.name="text" attr.type="string"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="elabel" for="edge" attr.name="label" attr.type="string"/>
<key id="status" for="edge" attr.name="status" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="note" for="edge" attr.name="note" attr.type="string"/>
"""


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write nodes sorted by IRI and edges by their ends; a link is one edge with status and confidence as its weight."""
    edges = Edges(graph.store)
    kinds: dict[str, str] = {}
    for kind in NODES:
        for iri in edges.into(getattr(ZM, kind), _TYPE):
            if "/id/" in iri:
                kinds.setdefault(iri, kind)
    lines = [_HEAD, '<graph id="zhengmai" edgedefault="directed">']
    for note in graph.said:
        if note:
            lines.append(f"<desc>{escape(note)}</desc>")
    lines += [_node(iri, kinds[iri], edges) for iri in sorted(kinds)]
    number = 0
    for start in sorted(kinds):
        for predicate, relation in LINKS.items():
            for end in edges.of(start).get(predicate, ()):
                if end in kinds:
                    number += 1
                    lines.append(_edge(number, start, end, relation))
    for link in edges.into(ZM.Alignment, _TYPE):
        start, end = edges.first(link, ZM.alignsTask), edges.first(link, ZM.alignsProvision)
        if start in kinds and end in kinds:
            number += 1
            note = _OVER_A_LEVEL if edges.first(link, ZM.skipsLevel) == "true" else ""
            status, sure = code(edges.first(link, ZM.status)), edges.first(link, SSSOM.confidence)
            lines.append(_edge(number, start, end, "implements", status, sure, note))
    out.write("\n".join([*lines, "</graph>", "</graphml>", ""]).encode())


_OVER_A_LEVEL = " · ".join((over_a_level("zh"), over_a_level("en")))
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _node(iri: str, kind: str, edges: Edges) -> str:
    words = edges.first(iri, ZM.text) or "".join(edges.first(one, ZM.text) for one in edges.of(iri).get(ZM.hasMeasure, ()))
    name = edges.first(iri, DCT.title, ZM.heading, SKOS.prefLabel) or f"{full_id(iri)} {words[:24]}".strip()
    document = full_id(iri).partition(":")[0] if "/id/doc/" in iri else ""
    data = (("label", name), ("kind", kind), ("document", document), ("text", words))
    return f"<node id={quoteattr(iri)}>{''.join(_data(key, value) for key, value in data if value)}</node>"


def _edge(number: int, start: str, end: str, relation: str, status: str = "", weight: str = "", note: str = "") -> str:
    data = (("relation", relation), ("elabel", relation), ("status", status), ("weight", weight or "1.0"), ("note", note))
    said = "".join(_data(key, value) for key, value in data if value)
    return f'<edge id="e{number}" source={quoteattr(start)} target={quoteattr(end)}>{said}</edge>'


def _data(key: str, value: str) -> str:
    clean = "".join(c if c in "\n\t" or ord(c) >= 0x20 else "\ufffd" for c in value)
    return f'<data key="{key}">{escape(clean)}</data>'
