"""上下级条款对照表: each sentence beside the tasks that correspond, with what differs; the same table as the export."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from lineage.tables.concordance import Concordance
from lineage.tables.concordance_page import concordance_page
from lineage.tables.page import Sheet
from ontology.labels import labels
from ontology.terms import SCHEMES
from ui.answers import ask, concordance_of, concordance_shown, document_titles
from ui.evidence import show_legend
from ui.form import pick
from ui.frame import begin_with, confirmed_only, go_link, lang, link_to, linked, sign, word
from ui.marked import plain
from ui.narrow import filters
from ui.sheets import kept_rows, row_html, show_downloads, show_notices, show_sheet

KINDS = ("link", "gap", "unmatched")


def show() -> None:
    st.title(word("page/concordance"))
    titles = document_titles()
    pairs = [row for row in ask("list-pairs").rows if row["verdict"] != "no"]
    if not pairs:
        st.info(plain(word("ui/no-pairs")))
        link_to({})
        return
    shown = {f"{row['lower']} {row['upper']}": f"{titles.get(str(row['lower']))} → {titles.get(str(row['upper']))}" for row in pairs}
    asked = f"{linked('lower')} {linked('upper')}"
    if linked("upper") and asked not in shown:
        st.error(plain(word("ui/no-such-pair")))
    first = asked if asked in shown else next(iter(shown))
    key = pick(word("ui/pair"), shown, first, "concordance-pair", new=False, help=word("ui/pair-help")) or next(iter(shown))
    lower, _, upper = key.partition(" ")
    with st.spinner(word("ui/setting-side-by-side")):
        table = concordance_of(upper, lower)
    language = lang()
    sheet = concordance_shown(upper, lower).sheets[0]
    show_notices(sheet)
    with filters("concordance"):
        search, kind, relation = _filters()
    link_to({"upper": upper, "lower": lower, "q": search, "kind": kind, "relation": relation})
    rows = [at for at in kept_rows(sheet, search) if _fits(table, at, kind, relation)]
    st.markdown(f"**{plain(' · '.join([word('ui/rows-of', count=len(rows), all=len(sheet.rows)), *_by_whom(table, rows)]))}**")
    if not rows:
        st.info(plain(word("ui/nothing-fits")))
    else:
        _rows(table, sheet, rows)
    show_downloads("concordance", lambda compact: concordance_page(table, language, compact=compact))


def _by_whom(table: Concordance, rows: list[int]) -> list[str]:
    """Return 规则确认 x · 人工确认 y · 待复核 z of the links among some rows; nothing where there are none."""
    links = [row for row in (table.rows[at] for at in rows) if row.kind == "link"]
    by = Counter("proposed" if row.status == "proposed" else "rule" if row.decided_by == "rule" else "person" for row in links)
    return [f"{word(f'counted/{one}')} {by[one]}" for one in ("rule", "person", "proposed")] if links else []


@st.fragment
def _rows(table: Concordance, sheet: Sheet, rows: list[int]) -> None:
    chosen = show_sheet(sheet, rows, key="concordance-rows")
    if chosen is None:
        st.caption(plain(word("ui/choose-row")))
        return
    row = table.rows[chosen]
    with st.container(border=True):
        show_legend()
        st.html(row_html(sheet, chosen))
        with st.container(horizontal=True):
            if row.upper:
                go_link("compare", f"{word('action/show-source')}{sign('：')}{row.upper.id}", doc=table.upper.slug, at=row.upper.id)
            if row.lower:
                go_link("compare", f"{word('action/show-source')}{sign('：')}{row.lower.id}", doc=row.document.slug, at=row.lower.id)
            if row.link:
                go_link("review", word("page/review"), item=row.link.rpartition("/")[2])


def _filters() -> tuple[str, str | None, str | None]:
    left, middle, right = st.columns([2, 1, 1])
    with left:
        begin_with("concordance-q", (linked("q") or "")[:100])
        search = st.text_input(word("ui/search-table"), max_chars=100, key="concordance-q", help=word("ui/search-table-help")).strip()
    with middle:
        kinds = {kind: word(f"row-kind/{kind}") for kind in KINDS}
        kind = pick(word("column/item"), kinds, linked("kind", KINDS), "concordance-kind", new=False, help=word("ui/filter-help"))
    with right:
        relations = {code: labels()[f"relation-type/{code}"][lang() == "en"] for code in SCHEMES["relation-type"]}
        given = linked("relation", list(relations))
        relation = pick(word("column/relation"), relations, given, "concordance-relation", new=False, help=word("ui/filter-help"))
    return search, kind, relation


def _fits(table: Concordance, at: int, kind: str | None, relation: str | None) -> bool:
    row = table.rows[at]
    by_people = row.status == "accepted" and row.decided_by != "rule"
    return kind in (None, row.kind) and relation in (None, row.relation) and (not confirmed_only() or row.kind != "link" or by_people)
