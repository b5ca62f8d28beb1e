"""A finding of the consistency report in full, and the way to the cell or sentence it is about."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.counts import counted
from ui.frame import go_link, lang, sign, word
from ui.marked import MARK, badges
from validation.findings import SEVERITIES, ReportFinding
from validation.report import Report


def show_counts(found: Report) -> None:
    """Draw how many findings of each severity are open and how many were explained, of how many."""
    whole = word("whole/counted-findings", all=len(found.findings))
    with st.container(horizontal=True):
        for severity in SEVERITIES:
            counted(word(f"severity/{severity}"), "counted-findings", found.count(severity), whole, help=word("ui/open-findings-help"))
        counted(word("term/waiver"), "counted-findings", found.waived, whole, help=word("ui/waived-help"))


def finding_html(finding: ReportFinding) -> str:
    """Return a finding as safe HTML: where, the words at fault marked, what was expected, what to do, who explained it."""
    language = lang()
    facts = [word(f"severity/{finding.severity}"), finding.code, finding.header or "", *finding.departments]
    pairs = [
        (word("column/document"), finding.document_title),
        (word("column/place"), finding.place(language)),
        (word("ui/expected"), finding.expected(language)),
        (word("ui/advice"), finding.fix(language)),
    ]
    related = [one.place_zh if language == "zh" else one.place_en for one in finding.related]
    pairs += [(word("ui/see-also"), f"{place} {one.quote}") for place, one in zip(related, finding.related, strict=True)]
    if finding.waiver:
        said = finding.waiver
        until = f" · {word('ui/until-day')} {said.expires}" if said.expires else ""
        pairs.append((word("term/waiver"), f"{said.reason} · {said.who} · {said.date}{until}"))
    words = f'<p style="overflow-wrap:anywhere;line-height:1.8">{_marked(finding)}</p>' if finding.context or finding.quote else ""
    lines = "".join(
        f'<dt style="font-weight:600">{escape(name)}</dt><dd style="margin:0">{escape(said)}</dd>' for name, said in pairs if said
    )
    style = "display:grid;grid-template-columns:minmax(5rem,auto) 1fr;gap:.2rem 1rem;margin:.4rem 0;overflow-wrap:anywhere"
    return f'{badges(facts)}{words}<dl style="{style}">{lines}</dl>'


def choose_way(finding: ReportFinding) -> None:
    """Draw the ways to the finding's place in the source, its cell marked, and to itself."""
    span = f"{finding.start}-{finding.end}" if finding.row is None and finding.start is not None and finding.end is not None else None
    with st.container(horizontal=True, key=f"finding-ways-{finding.key}"):
        if finding.document:
            place = f"{word('action/show-source')}{sign('：')}{finding.notation}" if finding.notation else word("action/show-source")
            go_link("compare", place, doc=finding.document, at=finding.notation or None, field=finding.field or None, span=span)
        for one in finding.related:
            if one.document and one.notation:
                go_link("compare", f"{word('ui/see-also')}{sign('：')}{one.notation}", doc=one.document, at=one.notation)
        go_link("check", word("ui/finding-link"), finding=finding.key)


def _marked(finding: ReportFinding) -> str:
    """The words of the place as safe HTML, those at fault marked."""
    text, at, said = finding.context or finding.quote, 0, ""
    for start, end in finding.marks if finding.context else ((0, len(text)),):
        said, at = f"{said}{escape(text[at:start])}{MARK}{escape(text[start:end])}</mark>", end
    return said + escape(text[at:])
