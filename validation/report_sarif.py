"""The report as SARIF 2.1.0, so that a code host or an editor shows each finding at its line.

A text source has lines; of another format SARIF gets the table, row and column as a logical location.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from ontology.labels import Language
from validation.findings import ReportFinding, Rule
from validation.sources import SourceDocument

if TYPE_CHECKING:
    from validation.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
STATES = {"new": "new", "still": "unchanged"}


def sarif_report(report: Report, lang: Language) -> str:
    """Return the report as one SARIF log with one run."""
    sources = {source.slug: source for source in report.sources}
    order = {rule.code: at for at, rule in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "zhengmai",
                "version": report.tool_version,
                "informationUri": "https://w3id.org/zhengmai",
                "rules": [_rule(rule, lang) for rule in report.rules],
                "properties": {"shapesVersion": report.shapes_version, "graphVersion": report.graph_version},
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {
                "location": {"uri": quote(source.file)},
                "hashes": {"sha-256": source.sha256},
                "description": {"text": source.title or source.slug},
            }
            for source in report.sources
        ],
        "results": [_result(f, order, sources.get(f.document), lang) for f in report.findings],
    }
    if report.made_at:
        run["invocations"] = [{"executionSuccessful": True, "endTimeUtc": report.made_at}]
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, lang: Language) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title(lang) or rule.code},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "helpUri": f"https://w3id.org/zhengmai/rules#{rule.code}",
    }


def _result(f: ReportFinding, order: dict[str, int], source: SourceDocument | None, lang: Language) -> dict[str, object]:
    said: dict[str, object] = {
        "ruleId": f.code,
        "level": LEVELS[f.severity],
        "message": {"text": " ".join(part for part in (f.place(lang), f.message(lang), f.fix(lang)) if part) or f.code},
        "partialFingerprints": {"zhengmaiKey/v1": f.key},
        "properties": {"focus": f.focus, "document": f.document, "quote": f.quote, "engine": f.engine},
    }
    if f.code in order:
        said["ruleIndex"] = order[f.code]
    location = _location(f, source, lang)
    if location:
        said["locations"] = [location]
    if f.related:
        said["relatedLocations"] = [
            {
                "id": at,
                "message": {"text": one.place_zh if lang == "zh" else one.place_en},
                "logicalLocations": [{"fullyQualifiedName": one.focus}],
            }
            for at, one in enumerate(f.related, start=1)
        ]
    if f.waiver:
        said["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{f.waiver.reason} ({f.waiver.who}, {f.waiver.date})"}
        ]
    if f.trend:
        said["baselineState"] = STATES[f.trend]
    return said


def _row_start(f: ReportFinding, source: SourceDocument) -> int:
    """Return where the row of a blank cell begins, the beginning of the document for what stands in none."""
    rows = (row for row in source.rows if (row.table, row.row) == (f.table, f.row))
    return next((min(cell.start for cell in row.cells.values()) for row in rows if row.cells), 0)


def _location(f: ReportFinding, source: SourceDocument | None, lang: Language) -> dict[str, object]:
    location: dict[str, object] = {"logicalLocations": [{"fullyQualifiedName": f.focus, "name": f.place(lang) or f.focus}]}
    if source:
        physical: dict[str, object] = {"artifactLocation": {"uri": quote(source.file)}}
        start = f.start if f.start is not None else _row_start(f, source)
        at = source.line_and_column(start)
        if at:
            region: dict[str, object] = {"startLine": at[0], "startColumn": at[1], "endLine": at[0]}
            until = source.line_and_column(f.end) if f.end is not None else None
            if until and until >= at:
                region |= {"endLine": until[0], "endColumn": until[1]}
            if f.quote and f.start is not None and "▇" not in f.quote:
                region["snippet"] = {"text": f.quote}
            physical["region"] = region
        location["physicalLocation"] = physical
    return location
