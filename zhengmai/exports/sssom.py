"""SSSOM TSV：全部对应关系及未见承接，供对照工具使用 · every link, and NoTermFound where none was found, as a mapping set."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from lineage.tables.concordance import Row, concordance, pairs
from lineage.tables.reading import Part
from ontology.labels import label
from zhengmai import __version__
from zhengmai.exports._graph import SharedGraph
from zhengmai.settings import BASE_IRI

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "confidence",
    "mapping_cardinality", "subject_source", "object_source", "mapping_tool", "mapping_tool_version", "comment",
)  # fmt: skip
_DOC = BASE_IRI + "id/doc/"
_JUSTIFIED = {"sentence-similarity": "semapv:LexicalSimilarityThresholdMatching"}


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write one table of all pairs; accepted and proposed links say which they are in ``comment``."""
    text = io.StringIO()
    for line in (
        f"mapping_set_id: {BASE_IRI}id/mappings/{graph.version}",
        f'mapping_set_title: "政脉 {graph.version}"',
        "license: https://creativecommons.org/licenses/by/4.0/",
        "curie_map:",
        f"  doc: {_DOC}",
        "  semapv: https://w3id.org/semapv/vocab/",
        "  sssom: https://w3id.org/sssom/",
        f"  zm: {BASE_IRI}ns#",
    ):
        text.write(f"#{line}\n")
    table = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
    table.writeheader()
    store = graph.opened()
    for pair in sorted(pairs(store), key=lambda pair: (pair.lower.slug, pair.upper.slug)):
        for row in concordance(store, pair.upper.slug, [pair.lower.slug]).rows:
            if row.kind != "unmatched":
                table.writerow(_cells(row, pair.upper.slug, over_level=pair.skips_level))
    out.write(text.getvalue().encode())


def _cells(row: Row, upper: str, *, over_level: bool) -> dict[str, str]:
    found = row.kind == "link"
    mark = f"; {label('term/skips-level', 'zh')} {label('note/skips-level', 'en')}" if over_level else ""
    return {
        "subject_id": _curie(row.lower) if found else "sssom:NoTermFound",
        "subject_label": _line(row.lower),
        "predicate_id": "zm:implements",
        "object_id": _curie(row.upper),
        "object_label": _line(row.upper),
        "mapping_justification": _JUSTIFIED.get(row.method, "semapv:LexicalMatching"),
        "confidence": f"{row.confidence:g}" if row.confidence is not None else "",
        "mapping_cardinality": "" if found else "0:1",
        "subject_source": f"doc:{row.document.slug}",
        "object_source": f"doc:{upper}",
        "mapping_tool": "zhengmai",
        "mapping_tool_version": __version__,
        "comment": (f"{row.status}; {row.relation}; {row.structure}; {row.decided_by}" if found else row.reason) + mark,
    }


def _curie(part: Part | None) -> str:
    return part.iri.replace(_DOC, "doc:", 1) if part else ""


def _line(part: Part | None) -> str:
    return " ".join(part.text.split()) if part else ""
