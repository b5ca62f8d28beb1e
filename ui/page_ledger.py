"""任务台账: each task with its source, who leads, until when and what the upper text asks; progress is filled in here and kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lineage.tables.ledger import Ledger
from lineage.tables.ledger_page import ledger_page
from lineage.tables.page import Sheet
from lineage.tables.progress import FIELDS, Progress, keys_of, lost, merged, read_progress, write_progress
from ui.answers import ask, document_titles, ledger_of, ledger_shown
from ui.form import pick
from ui.frame import begin_with, go_link, lang, link_to, linked, sign, still_there, word
from ui.marked import plain
from ui.narrow import filters
from ui.sheets import edit_sheet, kept_rows, row_html, show_downloads, show_notices
from zhengmai.store import build_lock
from zhengmai.workspace import current_workspace


def show() -> None:
    st.title(word("page/ledger"))
    titles = document_titles()
    with_tasks = {str(row["document"]): titles[str(row["document"])] for row in ask("list-documents").rows if row["tasks"]}
    if not with_tasks:
        st.info(plain(word("ui/no-tasks")))
        link_to({})
        return
    asked = linked("document")
    if asked in titles and asked not in with_tasks:
        st.info(plain(word("ui/no-tasks-in", name=titles[asked])))
        first = next(iter(with_tasks))
    else:
        first = still_there("document", with_tasks) or next(iter(with_tasks))
    document = pick(word("column/document"), with_tasks, first, "ledger-document", new=False, help=word("ui/document-help")) or first
    with st.spinner(word("ui/setting-side-by-side")):
        table = ledger_of(document)
    names = list(dict.fromkeys(one.name for one in table.departments))
    with filters("ledger"):
        department, search = _filters(names, document)
    link_to({"document": document, "department": department, "q": search})
    _table(table, document, department or "", search)


def _filters(names: list[str], document: str) -> tuple[str | None, str]:
    left, right = st.columns(2)
    with left:
        given = still_there("department", names)
        shown = {name: name for name in names}
        key = f"ledger-who/{document}"
        department = pick(word("column/department"), shown, given, key, new=False, help=word("ui/department-help"))
    with right:
        begin_with("ledger-q", (linked("q") or "")[:100])
        search = st.text_input(word("ui/search-table"), max_chars=100, key="ledger-q", help=word("ui/search-table-help")).strip()
    return department, search


def _table(table: Ledger, document: str, department: str, search: str) -> None:
    curated, language = current_workspace().curated_dir, lang()
    known = read_progress(curated)
    sheet = ledger_shown(document, department, known).sheets[0]
    show_notices(sheet)
    for one in lost(known, table.entries):
        st.warning(plain(word("ui/progress-lost", task=one.task)))
    rows = kept_rows(sheet, search)
    st.markdown(f"**{plain(word('ui/rows-of', count=len(rows), all=len(sheet.rows)))}**")
    st.caption(plain(word("ui/progress-help")))
    changed = edit_sheet(sheet, rows, key=f"ledger/{department}/{search}/{_written_state(known)}")
    if changed:
        st.warning(plain(word("ui/progress-unsaved", count=len(changed))))
    keep = st.button(
        word("action/keep-progress"), type="primary", disabled=not changed, key="ledger-keep", help=word("ui/keep-progress-help")
    )
    if keep:
        _keep(table, sheet_rows=[[cell.text for cell in row] for row in sheet.rows], names=[c.name for c in sheet.columns], changed=changed)
        st.rerun()
    if "ledger-kept" in st.session_state:
        st.success(plain(word("ui/progress-kept", count=st.session_state.pop("ledger-kept"))))
    _whole(table, document, sheet, rows)
    show_downloads("ledger", lambda compact: ledger_page(table, language, progress=known, department=department, compact=compact))


@st.fragment
def _whole(table: Ledger, document: str, sheet: Sheet, rows: Sequence[int]) -> None:
    """Draw the task that is chosen in full, with the way to its row in the source."""
    names = [column.name for column in sheet.columns]
    source, content, own = (names.index(name) for name in ("task_source", "task_content", "key"))
    shown = {at: f"{sheet.rows[at][source].text} {sheet.rows[at][content].text}"[:60] for at in rows}
    at = st.selectbox(
        word("ui/whole-task"),
        list(shown),
        index=None,
        format_func=lambda at: shown[at],
        placeholder=word("action/choose"),
        key=f"ledger-whole/{document}/{len(rows)}",
        help=word("ui/whole-task-help"),
    )
    if at is None:
        return
    entry = dict(zip(keys_of(table.entries), table.entries, strict=True))[sheet.rows[at][own].text]
    with st.container(border=True):
        st.html(row_html(sheet, at))
        go_link("compare", f"{word('action/show-source')}{sign('：')}{entry.task.id}", doc=document, at=entry.task.id)


def _written_state(known: dict[tuple[str, str], Progress]) -> str:
    return str(hash(tuple(sorted((name, one.fields) for name, one in known.items()))))


def _keep(table: Ledger, *, sheet_rows: list[list[str]], names: list[str], changed: dict[int, dict[str, str]]) -> None:
    """Lay what was typed over what is written down now: what somebody else wrote meanwhile about other tasks stays."""
    workspace = current_workspace()
    by_key = {key: entry for entry, key in zip(table.entries, keys_of(table.entries), strict=True)}
    filled = []
    with build_lock(workspace.built_dir):
        known = read_progress(workspace.curated_dir)
        for at, new in changed.items():
            key = sheet_rows[at][names.index("key")]
            entry = by_key[key]
            before = known.get((entry.document.slug, key))
            old = dict(zip(FIELDS, before.fields if before else ("",) * len(FIELDS), strict=True))
            fields = tuple({**old, **{name: words for name, words in new.items() if name in FIELDS}}[name] for name in FIELDS)
            filled.append(Progress(entry.document.slug, key, entry.task.id, fields))
        result, _ = merged(known, filled)
        write_progress(workspace.curated_dir, result.values())
    st.session_state["ledger-kept"] = len(filled)
