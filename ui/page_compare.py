"""原文核对: the document as published beside what was read of it, and for every value where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from loaders.account import SEVERITIES, place_in_words
from loaders.records import CellText, Deadline, Extraction, Finding, Provision, TaskRow
from ontology.labels import labels
from ui.answers import document_titles, held
from ui.drawn import LOOKS, Chosen, chosen_unit, masked_words, narrowed, row_findings, table_html, text_html, text_lines
from ui.form import pick
from ui.frame import bracketed, go_link, lang, link_to, linked, sign, word
from ui.marked import plain
from ui.why_here import show_why

ROWS_A_PAGE, LINES_A_PAGE = 10, 24
MARKS = ("inherited", "doubtful", "corrected", "finding")
DEADLINE_FIELDS = ("kind", "date", "start", "level", "outcome", "reference", "boundary")


def show() -> None:
    st.title(word("page/compare"))
    titles = document_titles()
    first = linked("doc", list(titles)) or next(iter(titles), None)
    if linked("doc") and not linked("doc", list(titles)):
        st.error(plain(word("ui/no-such-document", name=linked("doc"))))
    slug = pick(word("term/counted-documents"), titles, first, "compare-doc", new=False, help=word("ui/compare-doc-help"))
    if not slug:
        link_to({})
        return
    document = held(slug)
    at = _choose_unit(document.extraction, slug)
    field = linked("field") if at == linked("at") else None  # the cell that a finding is about
    span = linked("span") if at == linked("at") else None  # the words of a sentence that it is about
    link_to({"doc": slug, "at": at, "field": field, "span": span})
    chosen = chosen_unit(document.extraction, at, field or "")
    if at and chosen is None:
        st.error(plain(word("ui/no-such-unit", name=at)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(word("ui/as-published"))
        _legend()
        _published(document.extraction, narrowed(chosen, span), slug)
    with right:
        st.subheader(word("ui/as-read"))
        _read(document.extraction, chosen, slug)
        if chosen:
            show_why(f"{slug}:{chosen.id}")


def _choose_unit(extraction: Extraction, slug: str) -> str | None:
    units = {row.row: f"{row.row} {_first_words(row)}" for row in extraction.rows}
    units |= {p.id: f"{p.id} {p.number or ''} {(p.heading or p.text)[:24]}" for p in extraction.provisions}
    return pick(word("ui/choose-unit"), units, linked("at"), f"compare-at/{slug}", help=word("ui/choose-unit-hint"))


def _first_words(row: TaskRow) -> str:
    return " ".join((row.text("sub_measure") or row.text("measure") or row.text("task")).split())[:28]


def _legend() -> None:
    box = "display:inline-block;padding:0 .4rem;margin:0 .6rem .3rem 0;border:1px solid rgba(128,128,128,.55)"
    st.html("".join(f'<span style="{box};{LOOKS[mark]}">{escape(word(f"mark/{mark}"))}</span>' for mark in MARKS))


@st.fragment
def _published(extraction: Extraction, chosen: Chosen | None, slug: str) -> None:
    lines = text_lines(extraction)
    rows = extraction.rows
    cut = _first_cut(extraction, chosen)
    text_pages = -(-len(lines) // LINES_A_PAGE)
    pages = max(1, text_pages + (cut > 0) + -(-(len(rows) - cut) // ROWS_A_PAGE))
    first = _page_of(extraction, chosen, lines, cut)
    key = f"compare-page/{slug}/{chosen.id if chosen else ''}"
    page = st.pagination(pages, default=first, key=key) if pages > 1 else 1
    if page <= text_pages:
        st.html(text_html(extraction, lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE], chosen))
    if rows and page > text_pages:
        start = (page - text_pages - 1 - (cut > 0)) * ROWS_A_PAGE + cut
        shown = rows[max(start, 0) : start + ROWS_A_PAGE]
        for table in dict.fromkeys(row.table for row in shown):
            of_table = [row for row in shown if row.table == table]
            names = {mark: word(f"mark/{mark}") for mark in MARKS}
            st.html(table_html(extraction, of_table, chosen, names))


def _first_cut(extraction: Extraction, chosen: Chosen | None) -> int:
    """Return after how many rows the first page of rows ends, so that the chosen row is the second of its page, in sight at once."""
    if chosen is None or not chosen.row:
        return 0
    at = next(i for i, row in enumerate(extraction.rows) if row.row == chosen.id)
    return max(at - 1, 0) % ROWS_A_PAGE


def _page_of(extraction: Extraction, chosen: Chosen | None, lines: list[tuple[int, int]], cut: int) -> int:
    """Return the page the chosen unit stands on: the text first, then the tables."""
    text_pages = -(-len(lines) // LINES_A_PAGE)
    if chosen is None:
        return text_pages + 1 if extraction.rows else 1
    if chosen.row:
        at = next(i for i, row in enumerate(extraction.rows) if row.row == chosen.id)
        return text_pages + 1 + (cut > 0) + (at - cut) // ROWS_A_PAGE
    return 1 + next((i for i, (_, end) in enumerate(lines) if end > chosen.start), 0) // LINES_A_PAGE


def _read(extraction: Extraction, chosen: Chosen | None, slug: str) -> None:
    if chosen is None:
        st.caption(plain(word("ui/choose-unit-hint")))
        _all_findings(extraction)
        return
    if chosen.row:
        row = next(row for row in extraction.rows if row.row == chosen.id)
        _row(extraction, row)
        _findings(row_findings(extraction, row))
        return
    provision = next(p for p in extraction.provisions if p.id == chosen.id)
    _provision(extraction, provision)
    inside = [f for f in extraction.findings if f.place.start is not None and chosen.start <= f.place.start < chosen.end]
    _findings(inside)
    go_link("trace", word("page/trace"), clause=f"{slug}:{provision.id}")


def _row(extraction: Extraction, row: TaskRow) -> None:
    st.caption(plain(place_in_words(row.place, lang())))
    for name, cell in row.cells.items():
        if not (cell.value or cell.raw or name in row.doubtful):
            continue
        with st.container(border=True):
            _value(extraction, row, name, cell)
    if row.roles:
        said = [
            f"{_label('role', m.role)}{sign('：')}{m.actor.name}"
            + (bracketed(word("term/generic-actor")) if m.actor.kind == "generic" else "")
            for m in row.roles
        ]
        st.markdown("\n".join(f"- {plain(line)}" for line in said))
    if row.deadline:
        _deadline(row.deadline)


def _value(extraction: Extraction, row: TaskRow, name: str, cell: CellText) -> None:
    """Draw a value, its words as published where they differ, and why it stands here."""
    headers = [header for header, role in extraction.ingest.columns if role == name]
    header = f"{sign('（')}{word('term/published-header')} {headers[0]}{sign('）')}" if headers else ""
    st.markdown(f"**{plain(_label('field', name))}**{plain(header)}")
    st.text(cell.value or word("term/not-filled"))
    whys = [place_in_words(cell.place, lang())]
    if name in row.inherited:
        whys.append(word("mark/inherited"))
    if name in row.doubtful:
        whys.append(word("mark/doubtful"))
    if cell.rule:
        whys.append(f"{word('column/rule')} {_label('rule', cell.rule)} {cell.note}".strip())
    elif "".join(cell.raw.split()) != "".join(cell.value.split()):
        whys.append(f"{word('column/quote')} “{cell.raw.strip()}”")
    st.caption(plain(f"{word('ui/why-here')} {sign('；').join(why for why in whys if why)}"))


def _deadline(deadline: Deadline) -> None:
    said = []
    for name in DEADLINE_FIELDS:
        value = getattr(deadline, name)
        if value:
            topic = {"kind": "deadline-kind", "level": "level", "boundary": "boundary"}.get(name, "")
            said.append(f"{_label('deadline-field', name)}{sign('：')}{_label(topic, value) if topic else value}")
    said += [f"{_label('deadline-field', 'triggers')}{sign('：')}{trigger}" for trigger in deadline.triggers]
    said += [
        f"{word('term/inferred')}{sign('：')}{_label('deadline-field', i.field)}{bracketed(_label('rule', i.rule))}"
        for i in deadline.inferred
    ]
    st.markdown(f"**{plain(word('column/deadline'))}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in said))
    for part in deadline.parts:
        with st.container(border=True):
            st.text(part.raw)
            _deadline(part)


def _provision(extraction: Extraction, provision: Provision) -> None:
    st.caption(plain(f"{provision.id} · {place_in_words(provision.place, lang())}"))
    if provision.heading:
        st.markdown(f"**{plain(provision.heading)}**")
    st.text(masked_words(extraction, provision.place.start, provision.place.end))
    if provision.note:
        st.markdown(f"{plain(word('column/note'))} {plain(provision.note)}")
    if provision.roles:
        st.markdown("\n".join(f"- {plain(_label('role', m.role))}{sign('：')}{plain(m.actor.name)}" for m in provision.roles))
    for found in provision.deadlines:
        _deadline(found.deadline)


def _findings(findings: Iterable[Finding]) -> None:
    """Draw what was noticed in the chosen row or clause, one box each, coloured by its severity."""
    for finding in findings:
        severity, name, place, message = _told(finding)
        box = st.info if finding.severity == "info" else st.warning
        box(plain(f"{severity} · {name} · {place}\n\n{message}"), icon=":material/flag:")


def _all_findings(extraction: Extraction) -> None:
    """Draw what was noticed in the whole document as one table, the graver first."""
    found = sorted(extraction.findings, key=lambda one: SEVERITIES.index(one.severity))
    st.markdown(f"**{plain(word('ui/findings-of-reading', count=len(found)))}**")
    if found:
        columns = ("severity", "rule", "place", "message")
        told = [dict(zip(columns, _told(finding), strict=True)) for finding in found]
        config = {name: st.column_config.TextColumn(word(f"column/{name}"), pinned=name == "severity") for name in columns}
        st.dataframe(told, hide_index=True, column_config=config, height=min(35 * len(told) + 38, 460), alt=word("term/finding"))


def _told(finding: Finding) -> tuple[str, str, str, str]:
    """Return severity, name, place and message of a finding in words."""
    name = labels().get(f"finding-type/{finding.code}", (finding.code,) * 2)[lang() == "en"]
    message = finding.message.zh if lang() == "zh" else finding.message.en
    return word(f"severity/{finding.severity}"), name, place_in_words(finding.place, lang()), message


def _label(topic: str, code: str) -> str:
    return labels().get(f"{topic}/{code}", (code, code))[lang() == "en"]
