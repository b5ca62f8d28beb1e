"""One finding of the report, whoever found it: a shape, a check across rows, or a reader of a source.

Every finding names its document, its place and the words in question, in both languages, so that a report is only a way
to print them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]
Origin = Literal["shacl", "check", "reader"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """Something to look at. Texts that do not apply are "".

    ``focus``, ``path`` and ``rule`` are IRIs (``path`` is "" where a path is no single property), ``value`` is an IRI or the
    words of a literal; ``document`` is the slug and ``document_title`` the title of the document to look into. ``quote`` is
    the source's own words. ``component`` is the SHACL constraint component, for tools that read validation reports.
    """

    code: str
    severity: Severity
    focus: str
    path: str
    value: str
    message_zh: str
    message_en: str
    document: str
    document_title: str
    place_zh: str
    place_en: str
    quote: str
    expected_zh: str
    expected_en: str
    fix_zh: str
    fix_en: str
    rule: str
    component: str
    source: Origin

    def message(self, lang: Literal["zh", "en"]) -> str:
        return self.message_zh if lang == "zh" else self.message_en

    def place(self, lang: Literal["zh", "en"]) -> str:
        return self.place_zh if lang == "zh" else self.place_en

    def expected(self, lang: Literal["zh", "en"]) -> str:
        return self.expected_zh if lang == "zh" else self.expected_en

    def fix(self, lang: Literal["zh", "en"]) -> str:
        return self.fix_zh if lang == "zh" else self.fix_en


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for; one rule may be several shapes and checks. ``source`` says who looks: shacl, check or both."""

    code: str
    severity: Severity
    title_zh: str
    title_en: str
    source: str

    def title(self, lang: Literal["zh", "en"]) -> str:
        return self.title_zh if lang == "zh" else self.title_en


def in_order(findings: set[ReportFinding]) -> tuple[ReportFinding, ...]:
    """Return findings worst first, then by rule and place (row 2 before row 10); one for each rule, focus, path, value and place."""
    ordered = sorted(findings, key=_sort_key)
    seen: dict[tuple[str, ...], ReportFinding] = {}
    for finding in ordered:
        seen.setdefault((finding.rule, finding.focus, finding.path, finding.value, finding.place_en), finding)
    return tuple(seen.values())


def _sort_key(finding: ReportFinding) -> tuple[object, ...]:
    return (
        SEVERITIES.index(finding.severity),
        finding.code,
        natural_key(finding.focus),
        finding.rule,
        finding.path,
        natural_key(finding.value),
        finding.message_en,
    )


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key under which ``task/2`` comes before ``task/10``."""
    return tuple((0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in re.split(r"([0-9]+)", text))
