"""One finding for one fault: where two rules see the same thing in the same cell, the one that says it better stays.

A table, not judgement: ``TOLD_BY[code]`` are the rules beside which ``code`` says nothing new at the same place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from validation.findings import ReportFinding

TOLD_BY = {
    "unnumbered-row": ("I01",),
    "cell-blank": ("W01",),
    "date-impossible": ("V04",),
    "date-far": ("W04", "deadline-differs"),
    "deadline-unreadable": ("type-mismatch",),
    "end-mark": ("type-mismatch", "deadline-unreadable", "unknown-actor"),
    "unknown-actor": ("type-mismatch", "name-variant", "lead-unnamed", "missing-punctuation"),
    "type-mismatch": ("W08",),
    "several-leads": ("type-mismatch",),
    "name-alike": ("name-variant", "name-form"),
    "name-form": ("name-variant",),
    "year-missing": ("date-impossible",),
    "I02": ("unknown-actor", "type-mismatch", "name-variant", "name-form"),
    "I04": ("missing-day-character", "deadline-unreadable", "quantity-odd", "year-missing"),
    "I09": ("date-impossible", "deadline-unreadable"),
    "W09": ("W10", "I09"),
    "W10": ("date-impossible", "deadline-unreadable"),
    "I14": ("date-far", "deadline-unreadable", "date-impossible"),
    "W01": ("type-mismatch",),
    "W11": ("type-mismatch",),
}
NAMES = ("name-variant", "name-form", "name-alike")  # readers' proposals that two names are one department
ONE_OF = ("W12",)  # told of every pair of words a doubtful passage is quoted in: once a row is enough
QUOTED = re.compile("“([^”]+)”")


def told_once(findings: Iterable[ReportFinding]) -> list[ReportFinding]:
    """Return the findings without those that another one tells; what is left out stays in the graph, and in SHACL's own results."""
    every = list(findings)
    there: defaultdict[tuple[str, int | None, int | None], list[ReportFinding]] = defaultdict(list)
    for finding in every:
        there[finding.document, finding.table, finding.row].append(finding)
    variants = {(f.document, name) for f in every if f.code in NAMES for name in QUOTED.findall(f.message_zh)[:2]}
    told = {_same_doubt(f): f for f in reversed(every) if f.code in ONE_OF}.values()
    kept = {id(f) for f in told}
    left = (f for f in every if f.code not in ONE_OF or id(f) in kept)
    return [f for f in left if not _is_told(f, there[f.document, f.table, f.row], variants)]


def _same_doubt(finding: ReportFinding) -> tuple[str, int | None, int | None, str]:
    return finding.document, finding.table, finding.row, finding.message_zh


def _is_told(finding: ReportFinding, beside: list[ReportFinding], variants: set[tuple[str, str]]) -> bool:
    if finding.code == "W07":  # the same two names, told at every cell they stand in
        names = QUOTED.findall(finding.message_zh)[:2]
        return any(all((document, name) in variants for name in names) for document in {document for document, _ in variants})
    better = TOLD_BY.get(finding.code, ())
    return bool(better) and finding.row is not None and any(f.code in better and _same_cell(f, finding) for f in beside)


def _same_cell(one: ReportFinding, other: ReportFinding) -> bool:
    if one.field and other.field:
        return one.field == other.field
    return one.column == other.column
