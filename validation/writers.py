"""The ways to write a report. A form is a writer: a report and a language in, text or bytes out; the same in, the same out.

JSON is described in docs/validation.md. What a form needs is imported when it is written.
"""

from __future__ import annotations

from collections.abc import Callable

from ontology.labels import Language
from validation.report import Report


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
