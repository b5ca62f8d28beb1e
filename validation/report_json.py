"""The report as JSON, both languages in it; docs/validation.md describes it, docs/report.schema.json is its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from validation.findings import SEVERITIES, Related, ReportFinding

if TYPE_CHECKING:
    from validation.report import Report

JSON_FORMAT = "zhengmai-report/1"


def json_report(report: Report) -> str:
    """Return the report as one JSON object, ending with a line break."""
    said = {
        "format": JSON_FORMAT,
        "tool_version": report.tool_version,
        "graph_version": report.graph_version,
        "shapes_version": report.shapes_version,
        "made_at": report.made_at or None,
        "inputs": [{"document": s.slug, "title": s.title, "file": s.file, "sha256": s.sha256} for s in report.sources],
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "waived": report.waived,
        "trend": _trend(report),
        "rules": [
            {
                "code": rule.code,
                "severity": rule.severity,
                "title": {"zh": rule.title_zh, "en": rule.title_en},
                "source": rule.source,
                "engine": rule.engine,
                "looked_at": rule.looked_at,
                "count": count,
            }
            for rule, count in report.counts_by_rule()
        ],
    }
    head = json.dumps(said, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(f"  {json.dumps(finding_json(finding), ensure_ascii=False)}" for finding in report.findings)
    return f'{head},\n "findings": [\n{lines}\n ]\n}}\n'  # a finding a line: ten times as fast to write, and to look through


def finding_json(finding: ReportFinding) -> dict[str, object]:
    """Return one finding as JSON."""
    f = finding
    said: dict[str, object] = {
        "key": f.key,
        "code": f.code,
        "severity": f.severity,
        "message": {"zh": f.message_zh, "en": f.message_en},
        "document": {"id": f.document, "title": f.document_title},
        "place": {
            "zh": f.place_zh,
            "en": f.place_en,
            **_given(
                number=f.notation,
                table=f.table,
                row=f.row,
                column=f.column,
                field=f.field,
                header=f.header,
                start=f.start,
                end=f.end,
            ),
        },
        "quote": f.quote,
        "context": {"text": f.context, "marks": [list(mark) for mark in f.marks]},
        "expected": {"zh": f.expected_zh, "en": f.expected_en},
        "fix": {"zh": f.fix_zh, "en": f.fix_en},
        "related": [_related(one) for one in f.related],
        "focus": f.focus,
        "path": f.path,
        "value": f.value,
        "rule": f.rule,
        "rule_link": f.rule_link,
        "source": f.source,
        "engine": f.engine,
        "departments": list(f.departments),
        "permalink": f.permalink,
    }
    if f.waiver:
        said["waiver"] = {"reason": f.waiver.reason, "who": f.waiver.who, "date": f.waiver.date, "expires": f.waiver.expires or None}
    if f.trend:
        said["trend"] = f.trend
    return said


def _related(one: Related) -> dict[str, object]:
    place = {"zh": one.place_zh, "en": one.place_en, **_given(number=one.notation)}
    return {"focus": one.focus, "document": one.document, "place": place, "quote": one.quote}


def _given(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _trend(report: Report) -> dict[str, object] | None:
    if report.trend is None:
        return None
    trend = report.trend
    return {"since": trend.since, "new": trend.new, "still": trend.still, "gone": [gone.as_json() for gone in trend.gone]}
