"""一致性核查: what is wrong or doubtful in the graph, by severity, document and rule; the whole list as a page to print."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

from ui.answers import report
from ui.frame import begin_with, go_link, lang, link_to, linked, word
from ui.marked import plain
from validation.findings import SEVERITIES, ReportFinding
from validation.report import write_html

SHOWN = 5000
COLUMNS: dict[str, Literal["small", "medium", "large"]] = {
    "severity": "small",
    "rule": "small",
    "place": "medium",
    "message": "large",
    "quote": "medium",
    "document": "medium",
}


def show() -> None:
    st.title(word("page/check"))
    with st.spinner(word("ui/checking")):
        found = report()
    if key := linked("finding"):
        link_to({"finding": key})
        _one(next((finding for finding in found.findings if finding.key == key), None))
        return
    with st.container(horizontal=True):
        for severity in SEVERITIES:
            st.metric(word(f"severity/{severity}"), found.count(severity), width=140, border=True)
    titles = {finding.document: finding.document_title for finding in found.findings if finding.document}
    rules = {rule.code: f"{rule.code} {rule.title(lang())}（{count}）" for rule, count in found.counts_by_rule() if count}
    left, middle, right = st.columns(3)
    with left:
        level = _filter("severity", {code: word(f"severity/{code}") for code in SEVERITIES})
    with middle:
        document = _filter("document", titles)
    with right:
        rule = _filter("rule", rules)
    link_to({"severity": level, "document": document, "rule": rule})
    kept = [
        finding
        for finding in found.findings
        if level in (None, finding.severity) and document in (None, finding.document) and rule in (None, finding.code)
    ]
    st.markdown(f"**{plain(word('ui/rows', count=len(kept)))}**")
    _table(kept)
    language = lang()
    st.download_button(
        f"{word('action/download')} {word('ui/report-html')}",
        data=lambda: write_html(found, language).encode(),
        file_name="report.html",
        mime="text/html",
        on_click="ignore",
    )


def _one(finding: ReportFinding | None) -> None:
    """Draw the finding that a report's link names, with the way to its place; or say that it is gone."""
    if finding is None:
        st.warning(plain(word("ui/finding-gone")))
    else:
        st.subheader(plain(finding.message(lang())))
        st.caption(plain(" · ".join(filter(None, (word(f"severity/{finding.severity}"), finding.code, finding.place(lang()))))))
        if finding.context or finding.quote:
            st.html(f"<p>{_marked(finding)}</p>")
        for key, said in (("ui/expected", finding.expected(lang())), ("ui/advice", finding.fix(lang()))):
            if said:
                st.markdown(f"**{plain(word(key))}** {plain(said)}")
        if finding.document:
            go_link("compare", word("action/show-source"), doc=finding.document, at=finding.notation or None)
    go_link("check", word("ui/all-findings"))


def _marked(finding: ReportFinding) -> str:
    """The words of the place as safe HTML, those at fault marked."""
    text, at, said = finding.context or finding.quote, 0, ""
    for start, end in finding.marks if finding.context else ((0, len(text)),):
        said, at = f"{said}{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>", end
    return said + escape(text[at:])


def _filter(name: str, shown: dict[str, str]) -> str | None:
    """Draw one filter; None is everything."""
    begin_with(f"check-{name}", linked(name, tuple(shown)))
    chosen: str | None = st.selectbox(
        word(f"column/{name}"),
        list(shown),
        index=None,
        format_func=lambda code: shown[code],
        placeholder=word("ui/all"),
        key=f"check-{name}",
    )
    return chosen


def _table(findings: list[ReportFinding]) -> None:
    if not findings:
        st.info(plain(word("ui/no-findings")))
        return
    rows = [_row(finding) for finding in findings[:SHOWN]]
    config = {name: st.column_config.TextColumn(word(f"column/{name}"), width=width) for name, width in COLUMNS.items()}
    config["advice"] = st.column_config.TextColumn(word("ui/advice"), width="large")
    st.dataframe(rows, hide_index=True, column_config=config)
    if len(findings) > SHOWN:
        st.caption(plain(word("ui/rows-cut", count=SHOWN)))


def _row(finding: ReportFinding) -> dict[str, str]:
    return {
        "severity": word(f"severity/{finding.severity}"),
        "rule": finding.code,
        "place": finding.place(lang()),
        "message": finding.message(lang()),
        "quote": finding.quote,
        "document": finding.document_title,
        "advice": finding.fix(lang()),
    }
