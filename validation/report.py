"""A report and the ways to write it: text for a terminal, JSON, Markdown, a page to print, SHACL for other tools.

Every writer takes a report and a language and returns text; the same report gives the same bytes. JSON is described in
docs/validation.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ontology.labels import Language, label
from validation.findings import SEVERITIES, ReportFinding, Rule
from validation.report_html import html_page
from validation.report_ttl import shacl_report
from validation.runner import all_rules
from validation.shapes import shapes_version

JSON_FORMAT = "zhengmai-report/1"
SHOWN_IN_TEXT = 10
WORDS = {
    "title": ("政脉一致性核查", "zhengmai consistency report"),
    "graph": ("图谱版本", "graph"),
    "shapes": ("规则版本", "rules"),
    "by_rule": ("各规则结果（0 表示没有发现）", "By rule (0: nothing found)"),
    "place": ("位置", "where"),
    "quote": ("原文", "quote"),
    "expected": ("应为", "expected"),
    "fix": ("处理", "to do"),
    "more": ("另有 {} 条，见 html、md 或 json 报告", "{} more in the html, md or json report"),
    "none": ("没有发现问题。", "Nothing found."),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, every rule that looked, and what was looked at."""

    findings: tuple[ReportFinding, ...]
    rules: tuple[Rule, ...]
    graph_version: str
    shapes_version: str

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def counts_by_rule(self) -> list[tuple[Rule, int]]:
        """Return every rule with its count, those that found nothing too."""
        found = Counter(finding.code for finding in self.findings)
        return [(rule, found[rule.code]) for rule in self.rules]


def make_report(findings: tuple[ReportFinding, ...], *, graph_version: str = "") -> Report:
    """Return the report of a list of findings."""
    return Report(findings, all_rules(findings), graph_version, shapes_version())


def write_text(report: Report, lang: Language) -> str:
    """Return the report for a terminal: counts of every rule, then the findings, ten of each rule below violations."""
    lines = [_heading(report, lang), _totals(report, lang), "", _said("by_rule", lang)]
    lines += [
        f"  {count:>5}  {rule.code}  {label(f'severity/{rule.severity}', lang)}  {rule.title(lang)}"
        for rule, count in report.counts_by_rule()
    ]
    for rule, _ in report.counts_by_rule():
        mine = [finding for finding in report.findings if finding.code == rule.code]
        shown = mine if rule.severity == "violation" else mine[:SHOWN_IN_TEXT]
        if mine:
            lines += [
                "",
                f"{rule.code} {rule.title(lang)}（{len(mine)}）" if lang == "zh" else f"{rule.code} {rule.title(lang)} ({len(mine)})",
            ]
        for finding in shown:
            lines += [f"  {_severity(finding, lang)} {_where(finding, lang)}", f"    {finding.message(lang)}"]
            lines += [f"    {_said('quote', lang)}: {finding.quote[:60]}"] if finding.quote else []
        if mine:
            fix = mine[0].fix(lang)
            lines += [f"    {_said('more', lang).format(len(mine) - len(shown))}"] if len(shown) < len(mine) else []
            lines += [f"  {_said('fix', lang)}: {fix}"] if fix else []
    return "\n".join([*lines, *([] if report.findings else ["", _said("none", lang)])]) + "\n"


def write_markdown(report: Report, lang: Language) -> str:
    """Return the report as Markdown tables: rules, then findings."""
    columns = [label(f"column/{name}", lang) for name in ("rule", "severity", "document", "place", "message", "quote")]
    lines = [f"# {_said('title', lang)}", "", _heading(report, lang), "", _totals(report, lang), "", f"## {_said('by_rule', lang)}", ""]
    lines += [_row([columns[0], columns[1], "", label("column/count", lang)]), _row(["---"] * 4)]
    lines += [
        _row([rule.code, label(f"severity/{rule.severity}", lang), rule.title(lang), str(count)]) for rule, count in report.counts_by_rule()
    ]
    lines += ["", f"## {label('term/report', lang)}", "", _row([*columns, _said("fix", lang)]), _row(["---"] * (len(columns) + 1))]
    for finding in report.findings:
        cells = [finding.code, _severity(finding, lang), finding.document_title, finding.place(lang), finding.message(lang), finding.quote]
        lines.append(_row([*cells, finding.fix(lang)]))
    return "\n".join(lines) + "\n"


def write_json(report: Report, lang: Language) -> str:
    """Return the report as JSON, both languages in it whatever ``lang`` says."""
    return (
        json.dumps(
            {
                "format": JSON_FORMAT,
                "graph_version": report.graph_version,
                "shapes_version": report.shapes_version,
                "counts": {severity: report.count(severity) for severity in SEVERITIES},
                "rules": [
                    {
                        "code": rule.code,
                        "severity": rule.severity,
                        "title": {"zh": rule.title_zh, "en": rule.title_en},
                        "source": rule.source,
                        "count": count,
                    }
                    for rule, count in report.counts_by_rule()
                ],
                "findings": [_as_json(finding) for finding in report.findings],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def write_html(report: Report, lang: Language) -> str:
    """Return one self-contained page that prints well."""
    totals = [(label(f"severity/{severity}", lang), report.count(severity)) for severity in SEVERITIES]
    return html_page(report.findings, report.counts_by_rule(), _said("title", lang), _heading(report, lang), totals, lang)


def write_ttl(report: Report, lang: Language) -> str:
    """Return a SHACL ValidationReport in Turtle, both languages in it whatever ``lang`` says."""
    return shacl_report(report.findings)


WRITERS: dict[str, Callable[[Report, Language], str]] = {
    "text": write_text,
    "html": write_html,
    "md": write_markdown,
    "json": write_json,
    "ttl": write_ttl,
}


def _as_json(finding: ReportFinding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": {"zh": finding.message_zh, "en": finding.message_en},
        "document": {"id": finding.document, "title": finding.document_title},
        "place": {"zh": finding.place_zh, "en": finding.place_en},
        "quote": finding.quote,
        "expected": {"zh": finding.expected_zh, "en": finding.expected_en},
        "fix": {"zh": finding.fix_zh, "en": finding.fix_en},
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "rule": finding.rule,
        "source": finding.source,
    }


def _heading(report: Report, lang: Language) -> str:
    graph = f" · {_said('graph', lang)} {report.graph_version}" if report.graph_version else ""
    return f"{_said('title', lang)}{graph} · {_said('shapes', lang)} {report.shapes_version}"


def _totals(report: Report, lang: Language) -> str:
    return " · ".join(f"{label(f'severity/{severity}', lang)} {report.count(severity)}" for severity in SEVERITIES)


def _severity(finding: ReportFinding, lang: Language) -> str:
    return label(f"severity/{finding.severity}", lang)


def _where(finding: ReportFinding, lang: Language) -> str:
    return " ".join(part for part in (finding.document_title, finding.place(lang)) if part) or finding.focus


def _said(key: str, lang: Language) -> str:
    return WORDS[key][lang != "zh"]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
