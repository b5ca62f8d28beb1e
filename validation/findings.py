"""One finding of the report, whoever found it: a shape, a check across rows, or a reader of a source.

Every finding names its document, its place and the words in question, in both languages, so that a report is only a way
to print them. Outside tools and the pages read this record: fields are added, with a default, and never change their meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]
Origin = Literal["shacl", "check", "reader"]
Engine = Literal["select", "rows", "pyshacl", "reader"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
UI = "http://127.0.0.1:8501"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place to look at beside the one of a finding: a sibling row, the row above, the other side of a link."""

    focus: str
    document: str
    notation: str
    place_zh: str
    place_en: str
    quote: str


@dataclass(frozen=True, slots=True)
class ShaclResult:
    """A validation result of SHACL as the engine gave it, each term in Turtle; ``messages`` are (text, language or "").

    ``owner`` is the shape itself, or the nearest one with a name around a shape that has none.
    Kept for shapes that are not ours, so that nothing is lost on the way: paths that are no single property, blank nodes, datatypes.
    """

    focus: str
    path: str = ""
    value: str = ""
    component: str = ""
    severity: str = ""
    shape: str = ""
    constraint: str = ""
    messages: tuple[tuple[str, str], ...] = ()
    details: tuple[ShaclResult, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding somebody has looked at and accepted: why, who, when, and until when (ISO dates; "" for no end)."""

    key: str
    reason: str
    who: str
    date: str
    expires: str = ""


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """Something to look at. Texts that do not apply are "".

    ``focus``, ``path`` and ``rule`` are IRIs (``path`` is "" where a path is no single property), ``value`` is an IRI or the
    words of a literal; ``document`` is the slug and ``document_title`` the title of the document to look into. ``quote`` is
    the source's own words. ``component`` is the SHACL constraint component, for tools that read validation reports.

    ``table``, ``row`` and ``column`` count from 1 as in the source; ``field`` is the column's neutral name (number, task, group, measure,
    sub_measure, unit, lead, responsible, supporting, deadline) and ``header`` the column's header as published; ``notation`` is the
    number of the task or provision (27, 5.2.s1). ``start`` and ``end`` count code points of the normalised text.
    ``departments`` are those that lead or are responsible there, as their names are written.
    ``context`` is the whole cell or sentence and ``marks`` the stretches of it that are at fault.
    ``key`` names the finding by its content: it stays while the words stay, wherever their row moves to.
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
    table: int | None = None
    row: int | None = None
    column: int | None = None
    field: str = ""
    header: str = ""
    notation: str = ""
    start: int | None = None
    end: int | None = None
    context: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    related: tuple[Related, ...] = ()
    key: str = ""
    engine: Engine = "select"
    departments: tuple[str, ...] = ()
    shacl: ShaclResult | None = None
    waiver: Waiver | None = None
    trend: Literal["", "new", "still"] = ""

    @property
    def permalink(self) -> str:
        """Return the address of the page that shows this finding; "" before it has a key."""
        return f"{UI}/check?finding={self.key}" if self.key else ""

    @property
    def rule_link(self) -> str:
        """Return where the rule is described, for people."""
        return f"docs/rules.md#{self.code.lower()}" if re.fullmatch(r"[VWI]\d\d", self.code) else f"docs/rules.md#{self.code}"

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
    """What a code stands for; one rule may be several shapes and checks. ``source`` says who looks: shacl, check or both.

    ``looked_at`` is how many things it looked at, None where that was not counted; 0 says that the rule never applied.
    ``engine`` says where it ran: select (one SELECT over the store), rows (our Python over the rows), pyshacl, reader.
    """

    code: str
    severity: Severity
    title_zh: str
    title_en: str
    source: str
    looked_at: int | None = None
    engine: str = ""

    def title(self, lang: Literal["zh", "en"]) -> str:
        return self.title_zh if lang == "zh" else self.title_en


def in_order(findings: set[ReportFinding]) -> tuple[ReportFinding, ...]:
    """Return findings worst first, then by rule and place (row 2 before row 10); one for each rule, focus, path, value and place."""
    ordered = sorted(findings, key=_sort_key)
    seen: dict[tuple[object, ...], ReportFinding] = {}
    for finding in ordered:
        ours = (finding.rule, finding.focus, finding.path, finding.value, finding.place_en or finding.message_en)
        seen.setdefault(ours if finding.shacl is None else (*ours, finding.component, finding.shacl), finding)
    return tuple(seen.values())


def _sort_key(finding: ReportFinding) -> tuple[object, ...]:
    return (
        SEVERITIES.index(finding.severity),
        finding.code,
        natural_key(finding.focus),
        finding.rule,
        finding.path,
        natural_key(finding.value),
        finding.place_en,
        finding.component,
        finding.message_en,
        finding.message_zh,
        finding.quote,
        repr((finding.start, finding.end, finding.marks, finding.related, finding.context)),  # no order left to chance
    )


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key under which ``task/2`` comes before ``task/10``."""
    return tuple((0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in re.split(r"([0-9]+)", text))
