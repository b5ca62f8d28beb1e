"""Links as SSSOM TSV, the standard table for mappings that carry their evidence."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TextIO

from lineage.records import Link, PairResult
from lineage.upper_rows import as_upper
from loaders.describe.nquads import safe
from loaders.records import Extraction
from ontology.labels import label
from zhengmai import __version__
from zhengmai.settings import BASE_IRI

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "similarity_score",
    "mapping_cardinality",
    "mapping_tool",
    "mapping_tool_version",
    "match_string",
    "comment",
)
JUSTIFICATION = {
    "sentence-exact": "semapv:LexicalMatching",
    "sentence-containment": "semapv:LexicalMatching",
    "sentence-similarity": "semapv:LexicalSimilarityThresholdMatching",
    "heading-key": "semapv:LexicalMatching",
}


def write_sssom(result: PairResult, upper: Extraction, lower: Extraction, out: TextIO) -> None:
    """Write the links of a pair, and a NoTermFound row for each sentence no task was found for."""
    for line in (
        "mapping_set_id: " + BASE_IRI + "id/mappings/" + lower.source.sha256[:8] + "--" + upper.source.sha256[:8],
        "mapping_set_title: " + _quoted(" → ".join(x.meta.title or Path(x.source.path).name for x in (lower, upper))),
        "license: https://creativecommons.org/licenses/by/4.0/",
        *_skipped(result),
        'subject_source: "lower:"',
        'object_source: "upper:"',
        "curie_map:",
        f"  lower: {BASE_IRI}id/content/{lower.source.sha256[:8]}/",
        f"  upper: {BASE_IRI}id/content/{upper.source.sha256[:8]}/",
        f"  zm: {BASE_IRI}ns#",
        "  semapv: https://w3id.org/semapv/vocab/",
        "  sssom: https://w3id.org/sssom/",
    ):
        out.write(f"#{line}\n")
    table = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    table.writeheader()
    tasks = {row.row: row.text("measure") or row.text("task") for row in lower.rows} | {p.id: p.heading or p.text for p in lower.provisions}
    sentences = {p.id: p.text or p.heading or "" for p in as_upper(upper).provisions}
    for link in result.links:
        table.writerow(_row(link, tasks, sentences))
    for gap in result.uncovered:
        table.writerow(
            {
                "subject_id": "sssom:NoTermFound",
                "predicate_id": "zm:implements",
                "object_id": f"upper:{safe(gap.sentence)}",
                "object_label": _line(sentences.get(gap.sentence, "")),
                "mapping_justification": "semapv:LexicalMatching",
                "mapping_cardinality": "0:1",
                "comment": gap.reason,
            }
        )


def _skipped(result: PairResult) -> list[str]:
    """The mark of a pair over a level that is not held, with the tasks that name a body of it."""
    basis = result.basis
    if not basis.skips_level:
        return []
    zh, en = (f"{label('term/skips-level', lang)}: {label('note/skips-level', lang)}" for lang in ("zh", "en"))
    named = "; ".join(f"{task} {quote.quote}" for task, quote in basis.skip_evidence)
    return ["comment: " + _quoted(" · ".join(part for part in (zh, en, "|".join(basis.missing_levels), named) if part))]


def _quoted(text: str) -> str:
    """Return a text as YAML reads it whatever is in it: a JSON string on one line."""
    return json.dumps(_line(text), ensure_ascii=False)


def _row(link: Link, tasks: dict[str, str], sentences: dict[str, str]) -> dict[str, str]:
    upper = link.sentence or link.provision
    return {
        "subject_id": f"lower:{safe(link.task)}",
        "subject_label": _line(tasks.get(link.task, "")),
        "predicate_id": "zm:implements",
        "object_id": f"upper:{safe(upper)}",
        "object_label": _line(sentences.get(upper, "")),
        "mapping_justification": JUSTIFICATION[link.method],
        "confidence": str(link.confidence),
        "similarity_score": str(min(1.0, link.features["text"])),
        "mapping_tool": "zhengmai",
        "mapping_tool_version": __version__,
        "match_string": "|".join(_line(q.quote).replace("|", "\\|") for q in link.task_evidence),
        "comment": f"{link.status}; {link.relation}; {link.structure}; {link.method}",
    }


def _line(text: str) -> str:
    return " ".join(text.split())
