"""一致性核查: what is wrong or doubtful in the graph, each point leading to its place; what somebody explained is written down here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal

import streamlit as st

from ui.explaining import explain, tell_explained
from ui.findings import choose_way, finding_html, show_counts
from ui.form import pick
from ui.frame import bracketed, go_link, lang, link_to, linked, sign, still_there, word
from ui.marked import plain
from ui.narrow import filters
from ui.reported import report
from validation.findings import SEVERITIES, ReportFinding
from validation.report import Report
from validation.writers import WRITERS

SHOWN, CHOSEN_SHOWN = 2000, 5
STATES = ("open", "waived", "all")
COLUMNS: dict[str, int | Literal["small", "medium", "large"]] = {
    "severity": 80,
    "rule": 60,
    "document": 140,
    "place": 230,
    "message": 380,
    "quote": "medium",
    "departments": "small",
}
FILES = {
    "html": "text/html",
    "md": "text/markdown",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ttl": "text/turtle",
    "sarif": "application/sarif+json",
}


def show() -> None:
    st.title(word("page/check"))
    with st.spinner(word("ui/checking")):
        found = report()
    tell_explained()
    if key := linked("finding"):
        link_to({"finding": key})
        _one(next((finding for finding in found.findings if finding.key == key), None))
        return
    show_counts(found)
    with filters("check"):
        chosen = _filters(found)
    link_to(chosen)
    kept = [finding for finding in found.findings if _fits(finding, chosen)]
    st.markdown(f"**{plain(word('ui/rows-of', count=len(kept), all=len(found.findings)))}**")
    _table(kept)
    _downloads(found)


def _filters(found: Report) -> dict[str, str | None]:
    titles = {finding.document: finding.document_title for finding in found.findings if finding.document}
    rules = {rule.code: f"{rule.code} {rule.title(lang())}{bracketed(count)}" for rule, count in found.counts_by_rule() if count}
    names = Counter(name for finding in found.findings for name in finding.departments)
    shown: dict[str, dict[str, str]] = {
        "severity": {code: word(f"severity/{code}") for code in SEVERITIES},
        "document": titles,
        "department": {name: f"{name}{bracketed(count)}" for name, count in sorted(names.items())},
        "rule": rules,
        "state": {code: word(f"finding-state/{code}") for code in STATES},
    }
    chosen: dict[str, str | None] = {}
    for column, (name, choices) in zip(st.columns(len(shown)), shown.items(), strict=True):
        with column:
            given = still_there(name, choices)
            chosen[name] = pick(word(f"column/{name}"), choices, given, f"check-{name}", new=False, help=word(f"ui/check-{name}-help"))
    return chosen


def _fits(finding: ReportFinding, chosen: dict[str, str | None]) -> bool:
    state = chosen["state"] or "open"
    return (
        chosen["severity"] in (None, finding.severity)
        and chosen["document"] in (None, finding.document)
        and chosen["rule"] in (None, finding.code)
        and (chosen["department"] is None or chosen["department"] in finding.departments)
        and (state == "all" or (state == "waived") == (finding.waiver is not None))
    )


def _one(finding: ReportFinding | None) -> None:
    """Draw the finding that a report's link names, with the way to its place; or say that it is gone."""
    if finding is None:
        st.warning(plain(word("ui/finding-gone")))
    else:
        _whole(finding)
        explain([finding])
    go_link("check", word("ui/all-findings"))


def _whole(finding: ReportFinding) -> None:
    st.subheader(plain(finding.message(lang())))
    st.html(finding_html(finding))
    choose_way(finding)


@st.fragment
def _table(findings: list[ReportFinding]) -> None:
    """Draw the findings; those that are chosen are shown in full below, to look at and to explain."""
    if not findings:
        st.info(plain(word("ui/no-findings")))
        return
    shown = findings[:SHOWN]
    config = {name: st.column_config.TextColumn(word(f"column/{name}"), width=width) for name, width in COLUMNS.items()}
    config["severity"] = st.column_config.TextColumn(word("column/severity"), width=80, pinned=True)
    config["advice"] = st.column_config.TextColumn(word("ui/advice"), width="large")
    chosen = st.dataframe(
        [_row(finding) for finding in shown],
        hide_index=True,
        column_config=config,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"check-rows/{len(findings)}",  # another list begins with nothing chosen
        height=min(35 * len(shown) + 38, 460),
        alt=word("page/check"),
    ).selection.rows
    if len(findings) > SHOWN:
        st.caption(plain(word("ui/rows-cut", count=SHOWN)))
    picked = [shown[at] for at in chosen if at < len(shown)]
    if not picked:
        st.caption(plain(word("ui/choose-findings")))
        return
    with st.container(border=True):
        for finding in picked[:CHOSEN_SHOWN]:
            _whole(finding)
        if len(picked) > CHOSEN_SHOWN:
            st.caption(plain(word("ui/rows-cut", count=CHOSEN_SHOWN)))
        explain(picked)


def _row(finding: ReportFinding) -> dict[str, str]:
    return {
        "severity": word(f"severity/{finding.severity}") + (bracketed(word("term/waiver")) if finding.waiver else ""),
        "rule": finding.code,
        "document": finding.document_title,
        "place": finding.place(lang()),
        "message": finding.message(lang()).removeprefix(f"{finding.code} "),
        "quote": finding.quote,
        "departments": sign("、").join(finding.departments),
        "advice": finding.fix(lang()),
    }


def _downloads(found: Report) -> None:
    st.subheader(word("ui/report"))
    st.caption(plain(word("ui/report-note")))
    with st.container(horizontal=True):
        for form, mime in FILES.items():
            st.download_button(
                f"{word('action/download')} {form}",
                data=_written(found, form),
                file_name=f"report.{form}",
                mime=mime,
                on_click="ignore",
                key=f"report-{form}",
                help=word(f"ui/report-{form}-help"),
            )


def _written(found: Report, form: str) -> Callable[[], bytes]:
    """Return what writes the report once somebody asks for it."""
    language = lang()

    def write() -> bytes:
        said = WRITERS[form](found, language)
        return said if isinstance(said, bytes) else said.encode()

    return write
