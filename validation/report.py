"""A report and the ways to write it. A form is a writer: a report and a language in, text or bytes out; the same in, the same out.

JSON is described in docs/validation.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ontology.labels import Language
from validation.findings import ReportFinding, Rule
from validation.runner import all_rules
from validation.shapes import shapes_version
from validation.sources import SourceDocument, with_sources
from validation.trend import Trend
from zhengmai import __version__


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, every rule that looked, and what was looked at. ``made_at`` is the time passed in, "" for none."""

    findings: tuple[ReportFinding, ...]
    rules: tuple[Rule, ...]
    graph_version: str
    shapes_version: str
    tool_version: str = __version__
    made_at: str = ""
    sources: tuple[SourceDocument, ...] = ()
    trend: Trend | None = None

    def count(self, severity: str) -> int:
        """Return how many findings of a severity are open: not accepted by a waiver."""
        return sum(finding.severity == severity and finding.waiver is None for finding in self.findings)

    @property
    def waived(self) -> int:
        """Return how many findings somebody accepted."""
        return sum(finding.waiver is not None for finding in self.findings)

    def counts_by_rule(self) -> list[tuple[Rule, int]]:
        """Return every rule with its count, those that found nothing too."""
        found = Counter(finding.code for finding in self.findings)
        return [(rule, found[rule.code]) for rule in self.rules]


def make_report(
    findings: tuple[ReportFinding, ...],
    *,
    graph_version: str = "",
    rules: tuple[Rule, ...] | None = None,
    sources: Sequence[SourceDocument] = (),
    made_at: str = "",
) -> Report:
    """Return the report of a list of findings; ``sources`` give it the tables to draw."""
    told = with_sources(findings, sources) if sources else findings
    return Report(told, rules or all_rules(findings), graph_version, shapes_version(), made_at=made_at, sources=tuple(sources))


def write_text(report: Report, lang: Language) -> str:
    """Return the report for a terminal."""
    from validation.report_text import text_report

    return text_report(report, lang)


def write_markdown(report: Report, lang: Language) -> str:
    """Return the report as Markdown tables."""
    from validation.report_text import markdown_report

    return markdown_report(report, lang)


def write_json(report: Report, lang: Language) -> str:
    """Return the report as JSON, both languages in it whatever ``lang`` says."""
    from validation.report_json import json_report

    return json_report(report)


def write_html(report: Report, lang: Language) -> str:
    """Return one self-contained page that can be searched and prints well."""
    from validation.report_html import html_page

    return html_page(report, lang)


def write_ttl(report: Report, lang: Language) -> str:
    """Return a SHACL ValidationReport in Turtle, both languages in it whatever ``lang`` says."""
    from validation.report_ttl import shacl_report

    return shacl_report(report.findings)


def write_xlsx(report: Report, lang: Language) -> bytes:
    """Return the report as a workbook: a summary, every finding, a sheet for each document."""
    from validation.report_xlsx import xlsx_report

    return xlsx_report(report, lang)


def write_sarif(report: Report, lang: Language) -> str:
    """Return the report as SARIF 2.1.0, for code hosts and editors."""
    from validation.report_sarif import sarif_report

    return sarif_report(report, lang)


WRITERS: dict[str, Callable[[Report, Language], str | bytes]] = {
    "text": write_text,
    "html": write_html,
    "md": write_markdown,
    "json": write_json,
    "ttl": write_ttl,
    "xlsx": write_xlsx,
    "sarif": write_sarif,
}
